"""A folder that somebody checks or scans is what lies in it: no link, pipe or device in it leads elsewhere."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from datamimic.cli import main

SECRET = "somebody@somewhere.com"


def dm(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments], prog_name="dm")


@pytest.fixture
def parts(tmp_path: Path) -> Path:
    folder = tmp_path / "parts"
    made = dm(
        *("generate", "common.person", "-n", 20, "--seed", "a", "--format", "csv", "-q"),
        *("--parts", 2, "--engine", "serial", "-o", folder),
    )
    assert made.exit_code == 0, made.output
    outside = tmp_path / "outside.csv"
    outside.write_text(f"given_name,email\nA,{SECRET}\n", encoding="utf-8")
    return folder


def test_a_link_out_of_the_folder_is_left_out_and_said_to_be(parts: Path) -> None:
    (parts / "part-00001.csv").symlink_to(parts.parent / "outside.csv")
    (parts / "part-00002.csv").symlink_to("../outside.csv")
    os.mkfifo(parts / "part-00003.csv")
    for command in (("scan", parts), ("check", parts), ("check", parts, "--safe"), ("check", parts, "--json")):
        result = dm(*command)
        assert result.exit_code == 0 and SECRET not in result.output, result.output
        assert "part-00001.csv is left out: it leads out of the folder" in result.stderr
        assert "part-00002.csv is left out: it leads out of the folder" in result.stderr
        assert "part-00003.csv is left out: it is no regular file" in result.stderr


def test_a_link_within_the_folder_is_followed_and_a_broken_one_left_out(parts: Path) -> None:
    shutil.move(parts / "part-00000.csv", parts / "_kept")
    (parts / "part-00000.csv").symlink_to("_kept")
    assert dm("scan", parts).exit_code == 0
    (parts / "part-00001.csv").symlink_to("no-such-file")
    result = dm("scan", parts)
    assert result.exit_code == 0 and "part-00001.csv is left out: the link leads nowhere" in result.stderr


def test_a_folder_of_links_alone_holds_nothing_that_can_be_read(parts: Path) -> None:
    (parts / "part-00000.csv").unlink()
    (parts / "part-00000.csv").symlink_to(parts.parent / "outside.csv")
    for command in ("scan", "check"):
        result = dm(command, parts)
        assert result.exit_code == 2 and "error[bad_input]" in result.stderr and SECRET not in result.output


def test_a_table_of_a_set_that_is_a_link_out_of_it_is_refused(tmp_path: Path) -> None:
    folder, outside = tmp_path / "set", tmp_path / "outside.csv"
    made = dm("world", "common.person=5", "--seed", "a", "-q", "--format", "csv", "-o", folder)
    assert made.exit_code == 0
    outside.write_text(f"given_name,email\nA,{SECRET}\n", encoding="utf-8")
    (folder / "common_person.csv").unlink()
    (folder / "common_person.csv").symlink_to(outside)
    for command in ("check", "verify"):
        result = dm(command, folder)
        assert result.exit_code == 2 and "leads out of the folder" in result.stderr and SECRET not in result.output
    result = dm("scan", folder)
    assert SECRET not in result.output and "common_person.csv is left out" in result.stderr


def test_a_file_that_is_named_may_be_a_link(parts: Path, tmp_path: Path) -> None:
    (tmp_path / "link.csv").symlink_to(tmp_path / "outside.csv")
    result = dm("scan", tmp_path / "link.csv")
    assert result.exit_code == 1 and SECRET in result.stdout
