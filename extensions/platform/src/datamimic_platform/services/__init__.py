"""What people and programs ask for, with their rights: the pages, REST and the command are views of these."""
