"""Invented names such as a staff room in England hears. Any likeness is chance."""

_ENGLISH = (
    "Alice Beatrix Charlotte Daniel Edward Frances George Harriet Imogen Jacob Lucy Oliver",
    "Ashworth Barlow Cartwright Dawson Fairclough Hargreaves Kershaw Lonsdale Marsden Pemberton"
    " Thackeray Wainwright",
)
_WELSH = (
    "Aled Bethan Carys Dylan Efa Gethin Llinos Macsen Nia Owain Rhiannon Siân",
    "Bevan Cadwallader Driscoll-Rees Gwynne Howell Llewellyn Maddox Parry Pritchard Rhys Tudor"
    " Vaughan",
)
_SCOTTISH = (
    "Ailsa Blair Catriona Duncan Eilidh Fergus Iona Isla Lachlan Morag Rory Struan",
    "Abercrombie Buchanan Carmichael Drummond Farquharson Gillespie Kinnaird MacAllister McTavish"
    " Ogilvie Strachan Urquhart",
)
_IRISH = (
    "Aoife Brendan Caoimhe Ciarán Declan Fionnuala Niamh Oisín Róisín Seamus Sinéad Tadhg",
    "Brannigan Cafferty Devlin Gallagher Keane McGovern Mulcahy O'Brien O'Shaughnessy Quinlan"
    " Rafferty Tierney",
)
_INDIAN = (
    "Aditi Arjun Divya Harpreet Jaspreet Kavita Manpreet Nikhil Priya Rohan Simran Vikram",
    "Bains Chaudhari Deshmukh Gill-Sandhu Iyer Joshi Kulkarni Menon Nair Patel Rao Venkatesan",
)
_PAKISTANI_AND_BANGLADESHI = (
    "Aisha Bilal Farzana Hamza Imran Mahnoor Nasreen Rukhsana Saira Tariq Yusuf Zainab",
    "Akhtar Begum Chowdhury Hussain Iqbal Khatun Malik Miah Qureshi Rahman Siddiqui Uddin",
)
_WEST_AFRICAN = (
    "Abena Adaeze Akosua Ayodele Chidi Efua Folasade Ifeoma Kwame Ngozi Oluwaseun Tunde",
    "Acheampong Adeyemi Agyeman Boateng Danquah Eze Igwe Mensah Nwosu Ogunleye Okafor Owusu-Ansah",
)
_CARIBBEAN = (
    "Andre Claudette Delroy Denise Errol Joy Leroy Marcia Nathaniel Shanice Tyrone Yvonne",
    "Alleyne Beckford Campbell-Hines Clarke Dacosta Francis Grant Lewin Morgan-Bell Palmer Reid"
    " Sobers",
)
_EAST_EUROPEAN = (
    "Agnieszka Dorota Ilinca Kasia Łukasz Marek Mihai Oksana Piotr Tomasz Vasile Zofia",
    "Bondarenko Dąbrowska Ionescu Jankowiak Kowalczyk Lis Marinescu Nowicka Petrenko Popa"
    " Sikora Wójcik",
)
_EAST_ASIAN = (
    "Annabel Cheuk-Yan Grace Hui-Min Jian Kenji Linh Mei-Ling Minh Siu-Wai Wing Yuki",
    "Chan Cheung Fong Hoang Kwok Lau Leung Ng Nguyen Tanaka Tse Yeung",
)
_EAST_AFRICAN_AND_ARAB = (
    "Abdi Amina Dahab Fadumo Hodan Idris Khalid Layla Omar Salma Tesfaye Yasmin",
    "Abdullahi Al-Hashimi Bekele Dirie El-Sayed Farah Haile Jama Mansour Nur Osman Warsame",
)
_MEDITERRANEAN = (
    "Andreas Chiara Defne Elena Emre Giulia João Kyriacos Leyla Matteo Sofia Zeynep",
    "Çelik Bianchi Christodoulou Demir Esposito Ferreira Georgiou Karagiannis Moretti Öztürk"
    " Pereira Şahin",
)
_HERITAGES = tuple(
    (first.split(), last.split())
    for first, last in (
        _ENGLISH,
        _INDIAN,
        _WELSH,
        _WEST_AFRICAN,
        _SCOTTISH,
        _PAKISTANI_AND_BANGLADESHI,
        _IRISH,
        _CARIBBEAN,
        _EAST_EUROPEAN,
        _EAST_ASIAN,
        _EAST_AFRICAN_AND_ARAB,
        _MEDITERRANEAN,
    )
)

_EACH = 12
DISTINCT_NAMES = len(_HERITAGES) * _EACH * _EACH


def invented_name(number: int) -> tuple[str, str]:
    """Return the first and last name of person ``number``, from 0 to below DISTINCT_NAMES."""
    nth, heritage = divmod(number, len(_HERITAGES))
    firsts, lasts = _HERITAGES[heritage]
    turn, first = divmod(nth, _EACH)
    return firsts[first], lasts[(first + turn) % _EACH]
