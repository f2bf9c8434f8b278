from datamimic import Finding, World, check_rows

findings: list[Finding] = check_rows(World("demo")["common.person"][0:200])
assert findings and all(finding.holds for finding in findings)
assert {finding.violations for finding in findings} == {0}
