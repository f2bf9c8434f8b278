"""Medical devices: types with department, specifications and maintenance; manufacturers (invented).

Needs the standard library and datamimic only.
"""

from __future__ import annotations

from body_size import DATA
from device_words import READINGS

from datamimic.tables.build import write_table

# factor to the cost in USD, currency, step in hundredths that amounts are rounded to
SERVICE_PRICES = {
    "US": (1.0, "USD", 1), "DE": (0.85, "EUR", 1), "FR": (0.8, "EUR", 1), "GB": (0.75, "GBP", 1), "VN": (9000, "VND", 100_000),
}  # fmt: skip

# type: department, weight, model prefix, maintenance interval in days, service life in years, power supply, weight range in kg,
# width, depth and height in cm, service cost (USD), own specification: values
DEVICES: dict[str, tuple[str, float, str, int, int, str, tuple[float, float], tuple[int, int, int], int, tuple[str, str]]] = {
    "Infusion Pump": ("Internal Medicine", 18, "IP", 365, 10, "battery and mains", (1.4, 3.2), (15, 14, 22), 120, ("flow_rate_ml_h", "0.1-999|0.1-1200|1-1500")),
    "Syringe Pump": ("Intensive Care", 10, "SP", 365, 10, "battery and mains", (1.2, 2.6), (30, 16, 12), 110, ("syringe_size_ml", "5-50|5-60|10-60")),
    "Patient Monitor": ("Intensive Care", 15, "PM", 365, 9, "battery and mains", (2.5, 7.5), (31, 17, 26), 180, ("display_inch", "10.4|12.1|15.6")),
    "Ventilator": ("Intensive Care", 7, "VT", 182, 10, "battery and mains", (9, 38), (40, 38, 45), 620, ("ventilation_modes", "6|9|12")),
    "Defibrillator": ("Emergency", 7, "DF", 182, 10, "battery", (3.1, 7.8), (29, 23, 14), 150, ("energy_joules", "200|270|360")),
    "ECG Machine": ("Cardiology", 7, "EC", 365, 10, "battery and mains", (2.4, 5.6), (33, 28, 9), 140, ("channels", "3|6|12")),
    "Ultrasound System": ("Radiology", 6, "US", 365, 9, "mains", (45, 120), (55, 80, 140), 900, ("probe_ports", "3|4|5")),
    "X-Ray System": ("Radiology", 4, "XR", 182, 13, "three-phase mains", (250, 780), (180, 220, 230), 2400, ("tube_voltage_kv", "40-125|40-150")),
    "CT Scanner": ("Radiology", 2, "CT", 91, 10, "three-phase mains", (1600, 3200), (220, 260, 200), 12000, ("slices", "16|64|128|256")),
    "MRI Scanner": ("Radiology", 1.5, "MR", 91, 12, "three-phase mains", (3800, 8200), (230, 260, 240), 18000, ("field_tesla", "1.5|3.0")),
    "Anesthesia Machine": ("Anesthesiology", 4, "AN", 182, 11, "battery and mains", (95, 190), (75, 70, 150), 1100, ("vaporizers", "1|2|3")),
    "Surgical Light": ("Surgery", 3, "SL", 365, 14, "mains", (40, 95), (120, 120, 60), 260, ("illuminance_klx", "120|140|160")),
    "Electrosurgical Unit": ("Surgery", 3, "ES", 365, 11, "mains", (6, 13), (37, 40, 16), 300, ("power_watt", "200|300|400")),
    "Endoscope": ("Gastroenterology", 3.5, "EN", 182, 7, "mains", (.8, 2.4), (40, 30, 12), 950, ("channel_mm", "2.8|3.2|3.7")),
    "Dialysis Machine": ("Nephrology", 3, "DX", 182, 10, "mains", (62, 95), (50, 60, 140), 800, ("blood_flow_ml_min", "50-500|30-600")),
    "Incubator": ("Neonatology", 1.5, "IC", 365, 12, "mains", (55, 98), (60, 105, 140), 420, ("temperature_c", "20-37|20-39")),
    "Laboratory Centrifuge": ("Laboratory", 3, "LC", 365, 12, "mains", (18, 62), (45, 55, 35), 200, ("speed_rpm", "4000|6000|15000")),
    "Hematology Analyzer": ("Laboratory", 2, "HA", 182, 8, "mains", (28, 85), (60, 65, 55), 1600, ("samples_per_hour", "60|80|110")),
}  # fmt: skip
MANUFACTURERS = [
    "Aldermed Systems", "Benovia Medical", "Cortexa Devices", "Duramed Technik", "Elvestra Healthcare", "Fontaine Biomédical",
    "Glenmark Instruments Co.", "Halcyon Medical", "Isarmed GmbH", "Juniper Clinical", "Kestrel Imaging", "Lumenor Medical",
]  # fmt: skip
# Which of them make the devices of a department: makers of images make no pumps.
MAKERS = {
    "Internal Medicine": (0, 3, 7, 11), "Intensive Care": (0, 1, 4, 7), "Emergency": (2, 7, 9), "Cardiology": (2, 5, 9),
    "Radiology": (1, 8, 10), "Anesthesiology": (3, 4, 8), "Surgery": (3, 6, 8, 11), "Gastroenterology": (5, 10), "Nephrology": (4, 9),
    "Neonatology": (5, 8, 11), "Laboratory": (2, 6, 9),
}  # fmt: skip
NOTED = {
    "Routine patient care": "in use", "Scheduled procedure": "in use", "Emergency use": "in use",
    "Function check before use": "tested", "Calibration run": "tested", "Staff training": "trained",
}  # fmt: skip
STATUSES = [("active", 82), ("in maintenance", 6), ("standby", 9), ("out of service", 3)]
LOG = [
    ("use", "Routine patient care", 40), ("use", "Scheduled procedure", 22), ("use", "Emergency use", 10),
    ("use", "Function check before use", 16), ("use", "Staff training", 7), ("use", "Calibration run", 5),
    ("result", "passed", 88), ("result", "passed after repair", 10), ("result", "sent to manufacturer", 2),
    ("maintenance", "preventive", 72), ("maintenance", "safety inspection", 18), ("maintenance", "corrective", 10),
    ("part", "none", 62), ("part", "battery", 14), ("part", "filter", 10), ("part", "cable", 8), ("part", "seal kit", 6),
]  # fmt: skip


def main() -> None:
    rows = []
    for kind, (department, weight, prefix, interval, life, power, kg, size, cost, own) in DEVICES.items():
        rows.append(
            [kind, weight, department, prefix, interval, life, power, *kg, " x ".join(map(str, size)), cost, *own, *READINGS[kind][4:]]
        )
    write_table(
        DATA, "devices", None,
        ["device_type", "weight", "department", "model_prefix", "maintenance_days", "life_years", "power_supply", "weight_kg_low",
         "weight_kg_high", "dimensions_cm", "service_cost", "specification", "specification_values", "reading_least", "reading_most", "reading_step"],
        rows, source="own estimates after public data sheets", licence="MIT (own work)", date="2026-11",
        method="data-build/devices.py", grade="E",
    )  # fmt: skip
    for country, (factor, currency, step) in SERVICE_PRICES.items():
        write_table(
            DATA, "device_service_prices", country, ["factor", "currency", "step_cents"], [[factor, currency, step]],
            source="own estimate of price levels", licence="MIT (own work)", date="2026-11",
            method="data-build/devices.py: local price = USD price times factor", grade="E",
        )  # fmt: skip
    write_table(
        DATA, "device_manufacturers", None, ["device_type", "manufacturer", "weight"],
        [[kind, MANUFACTURERS[maker], round(20 / (k + 2), 3)]
         for kind, (department, *_) in DEVICES.items() for k, maker in enumerate(MAKERS[department])],
        source="invented names", licence="MIT (own work)", date="2026-11", method="data-build/devices.py", grade="D",
    )  # fmt: skip
    write_table(
        DATA, "device_statuses", None, ["status", "weight"], STATUSES, source="own estimates", licence="MIT (own work)",
        date="2026-11", method="data-build/devices.py", grade="E",
    )  # fmt: skip
    write_table(
        DATA, "device_log_words", None, ["kind", "word", "weight", "noted"],
        [[kind, word, weight, NOTED.get(word, "")] for kind, word, weight in LOG], source="own list", licence="MIT (own work)",
        date="2026-11", method="data-build/devices.py", grade="E",
    )  # fmt: skip


if __name__ == "__main__":
    main()
