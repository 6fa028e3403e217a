"""Reads a folder of mails with Ekiden and with Python's email package, and compares them and Angus with the truth. See read-compare.sh."""

import collections
import email
import email.policy
import email.utils
import hashlib
import json
import os
import resource
import subprocess
import sys
import time

HOME = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FIELDS = ("from", "address", "subject", "text", "names", "bytes")
SECONDS, MEGABYTES = 2.0, 200
ALIKE = str.maketrans({"\u301c": "\uff5e", "\u2212": "\uff0d", "\u2016": "\u2225", "\u2014": "\u2015", "\u00a5": "\\", "\u203e": "~"})


def alike(value):
    return value.translate(ALIKE).replace("\r\n", "\n").strip() if isinstance(value, str) else value


def row(found):
    attachments = found.get("attachments", [])
    return {
        "from": alike(found.get("from", "")),
        "address": found.get("address", ""),
        "subject": alike(found.get("subject", "")),
        "text": alike(found.get("text", "")),
        "names": [alike(a["name"]) for a in attachments],
        "bytes": [a["sha256"] for a in attachments],
    }


def with_python(path):
    with open(path, "rb") as file:
        mail = email.message_from_binary_file(file, policy=email.policy.default)
    texts, attachments = [], []
    for part in mail.walk():
        if part.is_multipart():
            continue
        if part.get_content_type() == "text/plain" and part.get_content_disposition() != "attachment":
            try:
                texts.append(part.get_content())
            except LookupError:
                texts.append(part.get_payload(decode=True).decode("utf-8", "replace"))
        else:
            content = part.get_payload(decode=True) or b""
            attachments.append({"name": part.get_filename() or "", "sha256": hashlib.sha256(content).hexdigest()})
    author = mail["From"].addresses[0] if mail["From"] and mail["From"].addresses else None
    return {
        "from": author.display_name if author else "",
        "address": author.addr_spec if author else "",
        "subject": str(mail["Subject"] or ""),
        "text": "".join(texts),
        "attachments": attachments,
    }


def of_ekiden(line):
    author = (line.get("from") or [{}])[0]
    return {**line, "from": author.get("name") or "", "address": author.get("address") or ""}


def run_ekiden(files):
    """One call: its lines, its exit code, seconds, peak megabytes."""
    began = time.monotonic()
    child = subprocess.Popen([os.path.join(HOME, "ekiden"), "mail", "read", "--json", *files], stdout=subprocess.PIPE)
    out = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    lines = [json.loads(line) for line in out.decode("utf-8").splitlines()]
    return lines, child.returncode, time.monotonic() - began, usage.ru_maxrss / 1024


def main():
    work, each = sys.argv[1], int(sys.argv[2])
    folder = os.path.join(work, "mails")
    with open(os.path.join(work, "truth.jsonl"), encoding="utf-8") as file:
        truth = {line["file"]: line for line in map(json.loads, file)}
    files = sorted(truth)
    before = sorted(os.listdir(work))
    readers = {"ekiden": {}, "python": {}, "angus": {}}
    crashes = 0
    for at in range(0, len(files), 500):
        some = [os.path.join(folder, name) for name in files[at : at + 500]]
        lines, code, _, _ = run_ekiden(some)
        crashes += code not in (0, 1) or len(lines) != len(some)
        for line in lines:
            readers["ekiden"][os.path.basename(line["file"])] = row(of_ekiden(line))
    for name in files:
        try:
            readers["python"][name] = row(with_python(os.path.join(folder, name)))
        except Exception as failure:  # whatever it throws at a mail counts as not read
            readers["python"][name] = row({"subject": f"error {failure!r}"})
    with open(os.path.join(work, "angus.jsonl"), encoding="utf-8") as file:
        for line in map(json.loads, file):
            readers["angus"][line["file"]] = row(line)
    slow = large = 0
    worst = (0.0, 0.0)
    for name in files[:each]:
        _, code, seconds, megabytes = run_ekiden([os.path.join(folder, name)])
        crashes += code not in (0, 1)
        slow += seconds > SECONDS
        large += megabytes > MEGABYTES
        worst = (max(worst[0], seconds), max(worst[1], megabytes))
    outside = len(set(os.listdir(work)) - set(before))
    wanted = {name: row(truth[name]) for name in files}
    for group, members in (
        ("Japanese", [n for n in files if truth[n]["japanese"]]),
        ("Japanese, right label", [n for n in files if truth[n]["kind"].startswith("right")]),
        ("Japanese, no label", [n for n in files if truth[n]["kind"].startswith("none")]),
        ("Japanese, wrong label", [n for n in files if truth[n]["kind"].startswith("wrong")]),
        ("other languages", [n for n in files if not truth[n]["japanese"]]),
    ):
        print(f"{group}: {len(members)} mails")
        for reader, rows in readers.items():
            shares = []
            for field in FIELDS:
                right = sum(rows.get(n, {}).get(field) == wanted[n][field] for n in members)
                shares.append(f"{field} {100 * right / max(1, len(members)):6.2f}")
            print(f"  {reader:8}{'  '.join(shares)}")
    # Where a label is missing or wrong, or stands for less than was sent, the other two often agree on what nobody can read.
    labelled = [n for n in files if not truth[n]["kind"].startswith(("none", "wrong"))]
    agreed = [n for n in labelled if readers["python"].get(n) == readers["angus"].get(n) and "\ufffd" not in str(readers["python"][n])]
    same = sum(readers["ekiden"].get(n) == readers["python"][n] for n in agreed)
    print(f"of {len(labelled)} mails with a right label the other two agree on {len(agreed)}, Ekiden with them on "
          f"{100 * same / max(1, len(agreed)):.2f} %")
    print(f"crashes {crashes}, slower than {SECONDS} s {slow}, above {MEGABYTES} MB {large} (of {each}; most {worst[0]:.2f} s, {worst[1]:.0f} MB), "
          f"output elsewhere {outside}")
    missed = collections.defaultdict(list)
    for name in files:
        for field in FIELDS:
            if readers["ekiden"].get(name, {}).get(field) != wanted[name][field]:
                missed[truth[name]["kind"]].append((name, field))
    with open(os.path.join(work, "missed.txt"), "w", encoding="utf-8") as out:
        for kind in sorted(missed):
            for name, field in missed[kind]:
                got = readers["ekiden"].get(name, {}).get(field)
                out.write(f"{kind}\t{name}\t{field}\n  wanted {wanted[name][field]!r}\n  got    {got!r}\n")
    for kind, cases in sorted(missed.items(), key=lambda item: -len(item[1]))[:12]:
        print(f"  missed {len(cases):4}  {kind}")
    return 1 if crashes or slow or large or outside else 0


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.exit(main())
