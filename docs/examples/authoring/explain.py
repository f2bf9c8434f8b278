from datamimic import World, explain

told = explain(World("demo", "de_DE"), "common.city", 3, "postal_code")
assert told["field"] == "postal_code"
assert any("places" in str(node) for node in told["nodes"])
