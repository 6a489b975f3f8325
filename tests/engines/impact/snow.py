"""Deaths by cholera in the sub-districts of south London, 1849 and 1854, with the population of 1851.

John Snow, On the Mode of Communication of Cholera, 2nd edition, London 1855, tables VIII and XII (public domain). Between the
two years the Lambeth company moved its intake up the Thames; Southwark and Vauxhall did not. His printed totals: 167,654
people, 2,261 and 2,458 deaths where only Southwark and Vauxhall delivered; 300,149 people, 3,905 and 2,547 where both did.
"""

# sub-district, people, deaths 1849, deaths 1854
ONE_COMPANY = (
    ("St. Saviour, Southwark", 19_709, 283, 371), ("St. Olave, Southwark", 8_015, 157, 161),
    ("St. John, Horsleydown", 11_360, 192, 148), ("St. James, Bermondsey", 18_899, 249, 362),
    ("St. Mary Magdalen", 13_934, 259, 244), ("Leather Market", 15_295, 226, 237), ("Rotherhithe", 17_805, 352, 282),
    ("Wandsworth", 9_611, 97, 59), ("Battersea", 10_560, 111, 171), ("Putney", 5_280, 8, 9),
    ("Camberwell", 17_742, 235, 240), ("Peckham", 19_444, 92, 174),
)  # fmt: skip
BOTH_COMPANIES = (
    ("Christchurch, Southwark", 16_022, 256, 113), ("Kent Road", 18_126, 267, 174), ("Borough Road", 15_862, 312, 270),
    ("London Road", 17_836, 257, 93), ("Trinity, Newington", 20_922, 318, 210), ("St. Peter, Walworth", 29_861, 446, 388),
    ("St. Mary, Newington", 14_033, 143, 92), ("Waterloo Road, 1st", 14_088, 193, 58), ("Waterloo Road, 2nd", 18_348, 243, 117),
    ("Lambeth Church, 1st", 18_409, 215, 49), ("Lambeth Church, 2nd", 26_784, 544, 193), ("Kennington, 1st", 24_261, 187, 303),
    ("Kennington, 2nd", 18_848, 153, 142), ("Brixton", 14_610, 81, 48), ("Clapham", 16_290, 114, 165),
    ("St. George, Camberwell", 15_849, 176, 132),
)  # fmt: skip
