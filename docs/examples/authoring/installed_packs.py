from datamimic import installed_packs

names = [record.name for record in installed_packs().packs()]
assert "common" in names
