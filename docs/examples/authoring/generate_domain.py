from datamimic import generate_domain

request = {
    "domain": "person",
    "version": "v1",
    "count": 2,
    "seed": "demo",
    "locale": "de_DE",
    "clock": "2026-01-01T00:00:00Z",
}
answer = generate_domain(request)
assert len(answer["items"]) == 2
assert answer == generate_domain(request)
