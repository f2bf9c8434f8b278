"""Public offices, schools and universities with teachers and pupils, police departments and their officers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datamimic.plugin import lazy_exports

if TYPE_CHECKING:
    from datamimic_pack_public_sector.entities.administration_office import AdministrationOffice as AdministrationOffice
    from datamimic_pack_public_sector.entities.administration_office import (
        AdministrationOfficeService as AdministrationOfficeService,
    )
    from datamimic_pack_public_sector.entities.educational_institution import (
        EducationalInstitution as EducationalInstitution,
    )
    from datamimic_pack_public_sector.entities.educational_institution import (
        EducationalInstitutionService as EducationalInstitutionService,
    )
    from datamimic_pack_public_sector.entities.police_department import PoliceDepartment as PoliceDepartment
    from datamimic_pack_public_sector.entities.police_department import (
        PoliceDepartmentService as PoliceDepartmentService,
    )
    from datamimic_pack_public_sector.entities.police_officer import PoliceOfficer as PoliceOfficer
    from datamimic_pack_public_sector.entities.police_officer import PoliceOfficerService as PoliceOfficerService
    from datamimic_pack_public_sector.entities.pupil import Pupil as Pupil
    from datamimic_pack_public_sector.entities.pupil import PupilService as PupilService
    from datamimic_pack_public_sector.entities.teacher import Teacher as Teacher
    from datamimic_pack_public_sector.entities.teacher import TeacherService as TeacherService

_EXPORTS = {
    "AdministrationOffice": ".entities.administration_office",
    "AdministrationOfficeService": ".entities.administration_office",
    "EducationalInstitution": ".entities.educational_institution",
    "EducationalInstitutionService": ".entities.educational_institution",
    "PoliceDepartment": ".entities.police_department",
    "PoliceDepartmentService": ".entities.police_department",
    "PoliceOfficer": ".entities.police_officer",
    "PoliceOfficerService": ".entities.police_officer",
    "Pupil": ".entities.pupil",
    "PupilService": ".entities.pupil",
    "Teacher": ".entities.teacher",
    "TeacherService": ".entities.teacher",
}

__getattr__, __dir__, __all__ = lazy_exports(__name__, _EXPORTS)
