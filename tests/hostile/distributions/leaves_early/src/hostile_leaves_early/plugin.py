import sys

print("this pack prints while it is imported")
sys.exit("licence expired")
