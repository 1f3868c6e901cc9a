"""Passages as the Chamber is given them, about the mean of whose tokens all others are coded.

They are part of a model's fingerprint: another passage here means embedding everything anew.
"""

TYPICAL_PASSAGES = (
    "Het kabinet deelt de zorgen van de leden en informeert de Kamer voor de zomer over de stand "
    "van zaken, waarbij de gevolgen voor gemeenten en provincies worden meegenomen.",
    "De leden van de fractie vragen de minister of hij kan toelichten waarom de kosten hoger zijn "
    "dan geraamd, en welke maatregelen hij neemt om dit in de toekomst te voorkomen.",
    "Ja. Voor 2025 is hiervoor € 12,5 miljoen beschikbaar (Kamerstuk 12 345, nr. 67). De uitvoering "
    "ligt bij de Rijksdienst voor Ondernemend Nederland.",
    "Nee, daarvan is geen sprake. In het onderwijs, de zorg en de veiligheidsregio's wordt volgens "
    "de wet gewerkt; de inspectie houdt daarop toezicht en kan een boete opleggen.",
    "Nederland zet zich in Europees verband in voor samenwerking op het gebied van klimaat, energie, "
    "handel en defensie, en steunt Oekraïne zolang als nodig is.",
    "Het bericht is mij bekend. De politie en het openbaar ministerie onderzoeken de zaak; over "
    "lopende strafrechtelijke onderzoeken doe ik geen mededelingen.",
)
