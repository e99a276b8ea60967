"""The names of invented people. Any likeness is chance.

``nth_name`` names few people, nobody like another; ``random_name`` a whole population.
"""

from random import Random

#: First and last names, twelve of each, as often heard together in a staff room in England.
_HEARD_TOGETHER = (
    (
        "Alice Beatrix Charlotte Daniel Edward Frances George Harriet Imogen Jacob Lucy Oliver",
        "Ashworth Barlow Cartwright Dawson Fairclough Hargreaves Kershaw Lonsdale Marsden"
        " Pemberton Thackeray Wainwright",
    ),
    (
        "Aditi Arjun Divya Harpreet Jaspreet Kavita Manpreet Nikhil Priya Rohan Simran Vikram",
        "Bains Chaudhari Deshmukh Gill-Sandhu Iyer Joshi Kulkarni Menon Nair Patel Rao Venkatesan",
    ),
    (
        "Aled Bethan Carys Dylan Efa Gethin Llinos Macsen Nia Owain Rhiannon Siân",
        "Bevan Cadwallader Driscoll-Rees Gwynne Howell Llewellyn Maddox Parry Pritchard Rhys"
        " Tudor Vaughan",
    ),
    (
        "Abena Adaeze Akosua Ayodele Chidi Efua Folasade Ifeoma Kwame Ngozi Oluwaseun Tunde",
        "Acheampong Adeyemi Agyeman Boateng Danquah Eze Igwe Mensah Nwosu Ogunleye Okafor"
        " Owusu-Ansah",
    ),
    (
        "Ailsa Blair Catriona Duncan Eilidh Fergus Iona Isla Lachlan Morag Rory Struan",
        "Abercrombie Buchanan Carmichael Drummond Farquharson Gillespie Kinnaird MacAllister"
        " McTavish Ogilvie Strachan Urquhart",
    ),
    (
        "Aisha Bilal Farzana Hamza Imran Mahnoor Nasreen Rukhsana Saira Tariq Yusuf Zainab",
        "Akhtar Begum Chowdhury Hussain Iqbal Khatun Malik Miah Qureshi Rahman Siddiqui Uddin",
    ),
    (
        "Aoife Brendan Caoimhe Ciarán Declan Fionnuala Niamh Oisín Róisín Seamus Sinéad Tadhg",
        "Brannigan Cafferty Devlin Gallagher Keane McGovern Mulcahy O'Brien O'Shaughnessy"
        " Quinlan Rafferty Tierney",
    ),
    (
        "Andre Claudette Delroy Denise Errol Joy Leroy Marcia Nathaniel Shanice Tyrone Yvonne",
        "Alleyne Beckford Campbell-Hines Clarke Dacosta Francis Grant Lewin Morgan-Bell Palmer"
        " Reid Sobers",
    ),
    (
        "Agnieszka Dorota Ilinca Kasia Łukasz Marek Mihai Oksana Piotr Tomasz Vasile Zofia",
        "Bondarenko Dąbrowska Ionescu Jankowiak Kowalczyk Lis Marinescu Nowicka Petrenko Popa"
        " Sikora Wójcik",
    ),
    (
        "Annabel Cheuk-Yan Grace Hui-Min Jian Kenji Linh Mei-Ling Minh Siu-Wai Wing Yuki",
        "Chan Cheung Fong Hoang Kwok Lau Leung Ng Nguyen Tanaka Tse Yeung",
    ),
    (
        "Abdi Amina Dahab Fadumo Hodan Idris Khalid Layla Omar Salma Tesfaye Yasmin",
        "Abdullahi Al-Hashimi Bekele Dirie El-Sayed Farah Haile Jama Mansour Nur Osman Warsame",
    ),
    (
        "Andreas Chiara Defne Elena Emre Giulia João Kyriacos Leyla Matteo Sofia Zeynep",
        "Çelik Bianchi Christodoulou Demir Esposito Ferreira Georgiou Karagiannis Moretti"
        " Öztürk Pereira Şahin",
    ),
)
_MORE_FIRST = (
    "Adeola Alasdair Amara Anaya Aneurin Arlo Azra Barnaby Blessing Bronwen Callum Cedric Chloe"
    " Corin Davina Deepa Dilys Dominic Elodie Emeka Esme Ezra Felicity Fiadh Freya Gregor Habiba"
    " Hamish Haruka Hugo Ingrid Isaac Jamila Jasper Joaquín Kamal Keziah Laila Linnea Lorna Magnus"
    " Malachi Margot Mateusz Meredith Nadine Niall Noor Olamide Orla Padma Petra Reuben Saoirse"
    " Solomon Tobias Verity Xavier"
)
_MORE_LAST = (
    "Abernathy Achebe Alderton Anand Appleyard Arkwright Balogun Banerjee Barraclough Bhatt"
    " Braithwaite Brzezicki Calloway Chakraborty Conteh Crabtree D'Costa Danjuma Desai Dimitrova"
    " Eastwood Ekwueme Entwistle Farooqi Featherstone Fenwick Fofanah Galbraith Ghosh Greenhalgh"
    " Grimshaw Heywood Holroyd Idowu Illingworth Jayasuriya Kavanagh Khalil Lambourne Lightowler"
    " MacAskill Mahmood Malhotra Molyneux Mukherjee Mwangi Nakamura Nightingale O'Callaghan"
    " Ollerenshaw Onyango Otieno Papadakis Pilkington Postlethwaite Ramsbottom Rosenthal Saldanha"
    " Satterthwaite Shackleton Somerville Szymańska Wigglesworth"
)

_HERITAGES = tuple((first.split(), last.split()) for first, last in _HEARD_TOGETHER)
_EACH = 12
DISTINCT_NAMES = len(_HERITAGES) * _EACH * _EACH
FIRST = tuple(name for first, _ in _HERITAGES for name in first) + tuple(_MORE_FIRST.split())
LAST = tuple(name for _, last in _HERITAGES for name in last) + tuple(_MORE_LAST.split())


def nth_name(number: int) -> tuple[str, str]:
    """Return the first and last name of a person: another for each of DISTINCT_NAMES in a row."""
    nth, heritage = divmod(number % DISTINCT_NAMES, len(_HERITAGES))
    firsts, lasts = _HERITAGES[heritage]
    turn, first = divmod(nth, _EACH)
    return firsts[first], lasts[(first + turn) % _EACH]


def random_name(rng: Random) -> tuple[str, str]:
    """Return a first and a last name; a few last names are double."""
    last = rng.choice(LAST)
    if rng.random() < 0.03:
        last = f"{last}-{rng.choice(LAST)}"
    return rng.choice(FIRST), last
