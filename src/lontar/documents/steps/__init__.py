"""How a paper is issued: numbers allotted, papers drawn and signed, files kept."""
