"""`dm completion`: what a shell needs to complete commands, options and their values.

The shell hands over the line up to the cursor, and gets lines `type TAB value TAB help`. So values may hold commas, spaces
and equals signs, which the scripts of click take apart.
"""

from __future__ import annotations

import os
import shlex
from typing import Any

import click
from click.shell_completion import CompletionItem, ShellComplete, add_completion_class

_BASH = """\
%(complete_func)s() {
    local type value help
    COMPREPLY=()
    while IFS=$'\\t' read -r type value help; do
        case $type in
            dir) compopt -o dirnames 2>/dev/null ;;
            file) compopt -o default 2>/dev/null ;;
            *)
                COMPREPLY+=("$value")
                case $value in *[=.]) compopt -o nospace 2>/dev/null ;; esac
                ;;
        esac
    done < <(DM_LINE="${COMP_LINE:0:COMP_POINT}" %(complete_var)s=bash_complete "$1")
}
complete -F %(complete_func)s %(prog_name)s
"""

_ZSH = """\
#compdef %(prog_name)s
%(complete_func)s() {
    local type value help
    local -a whole begun told
    while IFS=$'\\t' read -r type value help; do
        case $type in
            dir) _path_files -/ ;;
            file) _path_files ;;
            *)
                if [[ $value == *[=.] ]]; then begun+=("$value")
                elif [[ -n $help ]]; then told+=("${value//:/\\\\:}:$help")
                else whole+=("$value"); fi
                ;;
        esac
    done < <(DM_LINE="${(j: :)words[1,CURRENT]}" %(complete_var)s=zsh_complete "${words[1]}")
    (( $#told )) && _describe -V values told -U
    (( $#whole )) && compadd -U -V values -a whole
    (( $#begun )) && compadd -U -S '' -V values -a begun
    return 0
}
compdef %(complete_func)s %(prog_name)s
"""

_FISH = """\
function %(complete_func)s
    set -l line (commandline -cp | string collect)
    for each in (DM_LINE="$line" %(complete_var)s=fish_complete %(prog_name)s)
        set -l parts (string split \\t -- $each)
        switch $parts[1]
            case dir
                __fish_complete_directories (commandline -ct)
            case file
                __fish_complete_path (commandline -ct)
            case '*'
                printf '%%s\\t%%s\\n' $parts[2] $parts[3]
        end
    end
end
complete --no-files --command %(prog_name)s --arguments '(%(complete_func)s)'
"""


class _LineComplete(ShellComplete):
    """Completion of the line in DM_LINE."""

    def get_completion_args(self) -> tuple[list[str], str]:
        line = os.environ.get("DM_LINE", "")
        words = _words(line)
        incomplete = words.pop() if words and not line.endswith((" ", "\t")) else ""
        return words[1:], incomplete

    def format_completion(self, item: CompletionItem) -> str:
        told = (item.help or "").replace("\t", " ").replace("\n", " ")
        return f"{item.type}\t{item.value}\t{told}"


class _Bash(_LineComplete):
    name = "bash"
    source_template = _BASH

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        # Bash takes a word apart at = and : and puts what it gets in place of the last piece; but a quoted word is one.
        found = super().get_completions(args, incomplete)
        quoted = _open_quote(os.environ.get("DM_LINE", ""))
        value = incomplete.partition("=")[2] if incomplete.startswith("--") else incomplete
        kept = 0 if quoted else max(value.rfind("="), value.rfind(":")) + 1
        for item in found:
            if item.type == "plain":
                rest = str(item.value)[kept:]
                item.value = rest if quoted else _escaped(rest)
        return found


class _Zsh(_LineComplete):
    name = "zsh"
    source_template = _ZSH


class _Fish(_LineComplete):
    name = "fish"
    source_template = _FISH


PROGRAMS = ("dm", "datamimic")
SHELLS: dict[str, type[_LineComplete]] = {cls.name: cls for cls in (_Bash, _Zsh, _Fish)}


def answer_shells() -> None:
    """Make click answer a shell that asks for completions in this way."""
    if os.environ.keys().isdisjoint(f"_{program.upper()}_COMPLETE" for program in PROGRAMS):
        return
    for cls in SHELLS.values():
        add_completion_class(cls)


@click.command(short_help="Print the script that completes commands in a shell.")
@click.argument("shell", type=click.Choice(list(SHELLS)))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print what makes SHELL complete commands, options, entities, columns, locales and other names.

    One line in the shell's start-up file is enough:

    \b
    bash  ~/.bashrc                   eval "$(dm completion bash)"
    zsh   ~/.zshrc, after compinit    eval "$(dm completion zsh)"
    fish  ~/.config/fish/config.fish  dm completion fish | source
    """
    root: Any = context.find_root().command
    for program in PROGRAMS:
        made = SHELLS[shell](root, {}, program, f"_{program.upper()}_COMPLETE")
        click.echo(made.source())


def _words(line: str) -> list[str]:
    """The words of a line as a shell reads them; the last may be in a quote that is not closed."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars=False)
    lexer.whitespace_split = True
    lexer.commenters = ""
    words: list[str] = []
    try:
        words.extend(lexer)
    except ValueError:
        words.append(lexer.token)
    return words


def _open_quote(line: str) -> bool:
    try:
        shlex.split(line)
    except ValueError:
        return not line.endswith("\\")
    return False


def _escaped(text: str) -> str:
    """The text with a backslash before what a shell would read as more than itself."""
    return "".join(f"\\{sign}" if sign in " \t\"'\\$`&;|<>()*?[]#~!{}" else sign for sign in text)
