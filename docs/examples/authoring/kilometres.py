from datamimic import kilometres

assert 500 < kilometres(52.52, 13.41, 48.14, 11.58) < 510  # Berlin to Munich
