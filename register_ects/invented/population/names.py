"""Invented names, combined from two lists."""

from random import Random

FIRST = tuple(
    """
    Abena Adaline Adeola Agnes Aisling Alasdair Amara Amelie Anaya Aneurin Anouk Arjun Arlo
    Ashanti Astrid Ayesha Azra Barnaby Beatrix Bethan Bilal Blessing Brónagh Bronwen Caitlin
    Callum Calista Catrin Cedric Chidi Chloe Clementine Connor Corin Daniella Darius Davina
    Deepa Demetri Dilys Dominic Dorothea Duncan Edith Efua Eira Eleri Elijah Elodie Emeka Emrys
    Esme Ezra Farah Fatima Felicity Fergus Fiadh Finlay Fiona Florence Freya Gareth Georgina
    Gita Grace Gregor Gwendolen Habiba Halima Hamish Harriet Haruka Hector Helena Hira Hugo
    Ianthe Ibrahim Imogen Ingrid Isaac Isla Ivo Jamila Jasper Javed Jemima Joaquín Jocelyn
    Josiah Judith Kamal Karolina Kavita Keira Kenji Keziah Kwabena Lachlan Laila Lakshmi Leander
    Leila Leopold Linnea Llewellyn Lorna Lucinda Ludmila Mabel Magnus Malachi Mansoor Marcin
    Mared Margot Marigold Mateusz Matilda Mehwish Meredith Mina Miriam Morwenna Nadine Naomi
    Natasha Neema Niall Nisha Nkechi Noor Obadiah Octavia Odette Olamide Oona Orla Oscar Padma
    Parisa Patience Peregrine Petra Philippa Phoebe Piers Polina Prakash Priyanka Rafferty
    Rashida Reuben Rhona Roisin Romilly Rosalind Rupert Sadia Samira Sanjay Saoirse Seraphina
    Shabnam Shona Siân Sigrid Silas Simran Solomon Stellan Sunita Sylvie Tabitha Tadhg Talia
    Tariq Temperance Thandiwe Theodora Tobias Torquil Tuğba Uma Ursula Valentina Verity Vikram
    Violet Wanjiru Wilfred Winifred Xavier Yasmin Ynyr Yolanda Yusuf Zachary Zainab Zofia
    Zuleika
    """.split()  # noqa: SIM905 - a list of 170 lines says no more
)
LAST = tuple(
    """
    Abernathy Achebe Adeyinka Ahlberg Akhtar Alderton Anand Appleyard Arkwright Ashcombe
    Atherstone Azikiwe Bagshaw Balogun Bancroft Banerjee Barraclough Beaumont Begum Bellamy
    Bhatt Birtwistle Blackwood Boateng Bracewell Braithwaite Brightwell Broadbent Brzezicki
    Burnley Cadwallader Calloway Carmichael Cartmell Chakraborty Chaudhry Cholmondeley
    Clatworthy Coldstream Conteh Copplestone Cotterill Crabtree Cromarty Culpepper D'Costa
    Dalrymple Danjuma Darlington Dearden Desai Dhillon Dimitrova Donoghue Drinkwater Dunwoody
    Eastwood Edevane Ekwueme Elphinstone Entwistle Esterhazy Fairbairn Fanshawe Farooqi
    Featherstone Fenwick Fitzwilliam Fofanah Fothergill Galbraith Garside Gaskarth Ghosh
    Gillespie Glendinning Goldsworthy Grabowska Greenhalgh Grimshaw Gunawardena Hallewell
    Hargreave Hathersage Hawkswell Hebblethwaite Heywood Hiranandani Holroyd Huddleston Hussain
    Ibbotson Idowu Illingworth Iqbal Ironmonger Jankowska Jayasuriya Jeffcoate Kavanagh Keighley
    Kellaway Khalil Kilburn Kinsella Kowalczyk Kulkarni Lambourne Langstaff Lazenby Leathwaite
    Lightowler Llewelyn-Rees Longbottom Lovelace MacAskill Macalister Mahmood Malhotra
    Marchbanks Mbeki McGillivray Mehta Merriweather Mistry Molyneux Montague Moorcroft Mukherjee
    Murgatroyd Musgrave Mwangi Nakamura Narayan Nethercott Nightingale Njoroge Nwosu O'Callaghan
    O'Rourke Oakeshott Obaseki Ogden-Hale Ollerenshaw Onyango Osborne Otieno Padgett Papadakis
    Parvez Pemberton Pendlebury Petrov Pickersgill Pilkington Postlethwaite Qureshi Rackham
    Radcliffe Rahmani Ramsbottom Rathbone Redfearn Rosenthal Rotherham Rushworth Saldanha
    Sandilands Satterthwaite Scattergood Sethi Shackleton Sharrock Silverdale Skelton Slingsby
    Somerville Sowerby Stavridis Strickland Sutcliffe Szymańska Tattersall Thackray Threlfall
    Thwaites Tillotson Trelawney Turnbull Uddin Umarov Vasquez Venables Vishwanath Wadsworth
    Walmsley Warburton Weatherill Whitworth Wigglesworth Winterbottom Wolstenholme Wrigley
    Yamamoto Yeadon Zahid Zielińska
    """.split()  # noqa: SIM905 - a list of 170 lines says no more
)


def invented_name(rng: Random) -> tuple[str, str]:
    """Return a first and a last name; a few last names are double."""
    last = rng.choice(LAST)
    if rng.random() < 0.03:
        last = f"{last}-{rng.choice(LAST)}"
    return rng.choice(FIRST), last
