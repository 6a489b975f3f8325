"""Papers that were issued: numbered, drawn, signed, kept, found by their code. What they decree is the caller's."""
