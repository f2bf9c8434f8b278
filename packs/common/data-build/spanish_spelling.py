"""The written accents that INE's tables, in capitals, leave out."""

from __future__ import annotations

import re

WORDS = ["Adán", "Adrián", "Agustín", "Aída", "Álex", "Álvaro", "Andrés", "Ángel", "Ángela", "Ángeles", "Angélica", "Antón", "Ascensión", "Asunción", "Bárbara", "Bartolomé", "Begoña", "Belén", "Benjamín", "Cándida", "Cándido", "Cecilia", "César", "Concepción", "Consolación", "Cristóbal", "Damián", "Débora", "Desirée", "Efraín", "Elías", "Encarnación", "Estefanía", "Fabián", "Fátima", "Fermín", "Fructuóso", "Germán", "Ginés", "Héctor", "Inés", "Íñigo", "Íñaki", "Iván", "Jerónimo", "Jesús", "Joaquín", "Jonatán", "José", "Julián", "Lucía", "Mª", "Ángeles", "María", "Martín", "Matías", "Míriam", "Moisés", "Mónica", "Nicolás", "Noé", "Noemí", "Óscar", "Purificación", "Ramón", "Raúl", "Rocío", "Román", "Rosalía", "Rubén", "Salomé", "Sara", "Saúl", "Sebastián", "Simón", "Sofía", "Tomás", "Úrsula", "Valentín", "Verónica", "Víctor", "Ángela", "Adoración", "Aarón", "Abrahán", "Américo", "Ámbar", "Árón", "África", "Águeda", "Anaís", "Aránzazu", "Avelíno", "Candelaria", "Darío", "Eloísa", "Fidélia", "Félix", "Isaías", "Isaí", "Estíbaliz", "Lázaro", "Mélida", "Natividad", "Nazaret", "Nuria", "Óliver", "Ovidio", "Plácido", "Rebeca", "Régulo", "Teófilo", "Tobías", "Zacarías", "Zoé", "Anastasía", "Jordán", "Joaquína", "Julio", "Hipólito", "Higínio", "Leocádia", "Águstin", "Élida", "Élia", "Ágata", "Ángelo", "Ítalo", "Ýñigo", "Héctor", "Adrià", "Martí", "Mercè", "Xènia", "García", "Díaz", "Muñoz", "Martín", "Marín", "Núñez", "Cortés", "Peña", "León", "Durán", "Ibáñez", "Ríos", "Galán", "Román", "Martí", "Macías", "Expósito", "Roldán", "Guillén", "Calderón", "Beltrán", "Guzmán", "Río", "Ávila", "Santamaría", "Alarcón", "Castaño", "Simón", "Lázaro", "Millán", "Antón", "Ordóñez", "Sáinz", "Sáiz", "Morán", "Ramón", "Cárdenas", "Cáceres", "Aragón", "Chacón", "Córdoba", "Carrión", "Doménech", "Cámara", "Peláez", "Solís", "Piñeiro", "Rincón", "Arévalo", "Nicolás", "Vélez", "Muñiz", "Ocaña", "Alcántara", "Gámez", "Mejías", "Falcón", "Pavón", "Barragán", "Cebrián", "Catalán", "Tomás", "Álvaro", "Ángel", "Báez", "Ávalos", "Marí", "Farré", "Cañas", "Colón", "Terrón", "Luján", "Llorente", "Padrón", "Bolaños", "Ureña", "Riaño", "Acuña", "Zúñiga", "Quiñones", "Cañete", "Yáñez", "Ibáñez", "Nuño", "Avilés", "Cortés", "Valdés", "Roncero", "Garzón", "Alarcón", "Rendón", "Perdomo", "Morón", "Monzón", "Salomón", "Rondón", "Calderín", "Joaquín", "Merlín", "Marroquín", "Albarracín", "Gavilán", "Jordán", "Terán", "Galván", "Bailén", "Rubén", "Belén", "Adán", "Damián", "Julián", "Fabián", "Germán", "Rufián", "Alemán", "Sebastián", "Bazán", "Farfán", "Almazán", "Roldán", "Pavía", "Mejía", "García", "Echeverría", "Buendía", "Rosalía", "Tobías", "Messía", "Galicia", "Macía", "Bengoechea", "Cañizares", "Cedeño", "Briceño", "Nieto", "Rodríguez", "Suárez", "Águila", "Águilar", "Ángulo", "Órtega", "Úbeda", "Baños", "Logroño", "Avendaño", "Peñalver", "Viñas", "Cabañas", "Montañés", "Español", "Tárrega", "Sanchís", "Ferrán", "Gascón", "Bermúdez", "Valcárcel", "Cádiz", "Malagón", "Vázquez", "Rincón", "Corbalán", "Barón", "Cantón", "Escribá", "Jódar", "Gómara", "Sánchez"]
WRONG = {
    "Fructuóso", "Árón", "Avelíno", "Fidélia", "Anastasía", "Joaquína", "Higínio", "Leocádia", "Águstin", "Ýñigo", "Águilar",
    "Ángulo", "Órtega", "Calderín", "Úbeda", "Galicia", "Íñaki", "Ángelo", "Mélida", "Élia", "Élida", "Macía", "Messía", "Sanchís",
}  # fmt: skip
PLAIN = str.maketrans("áéíóúÁÉÍÓÚàèìòùÀÈ", "aeiouAEIOUaeiouAE")
ACCENTED = {word.translate(PLAIN): word for word in WORDS if word not in WRONG} | {"Alvarez": "Álvarez"}
IN_EZ = re.compile(r"^(.*?)([aeiou])((?:[bcdfghjklmnñpqrstvxyz]|(?<=[gq])u)*)(ez)$")
TO_ACUTE = dict(zip("aeiou", "áéíóú", strict=True))


def with_accents(name: str) -> str:
    """`Maria del Carmen` → `María del Carmen`, `Gonzalez` → `González`; words not known stay as they are."""
    return " ".join(_word(word) for word in name.split(" "))


def _word(word: str) -> str:
    if word in ACCENTED:
        return ACCENTED[word]
    if (match := IN_EZ.fullmatch(word.lower())) and word not in {"Diez", "Jerez"}:
        accented = f"{match[1]}{TO_ACUTE[match[2]]}{match[3]}{match[4]}"
        return accented[:1].upper() + accented[1:]
    return word
