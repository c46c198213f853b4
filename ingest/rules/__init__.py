"""Rules of the layout of administrative documents (Nghị định 30/2020/NĐ-CP) and of the language."""
