"""Compares Ekiden with two independent readers on a folder of mails of any origin. See read-agree.sh."""

import email
import email.policy
import email.utils
import hashlib
import json
import os
import re
import subprocess
import sys
import time

HOME = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FIELDS = ("sender", "subject", "date", "text", "names", "bytes")
SECONDS, MEGABYTES, TOGETHER = 2.0, 200, 200


def words(text):
    """Blanks between lines and parts are cut differently by each reader; the characters count."""
    return re.sub(r"\s+", "", text)


def with_python(path):
    with open(path, "rb") as file:
        mail = email.message_from_binary_file(file, policy=email.policy.default)
    texts, attachments = [], []

    def leaves(part):
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            for child in part.iter_parts():
                leaves(child)
            return
        kind, attached = part.get_content_type(), part.get_content_disposition() == "attachment"
        if kind == "text/plain" and not attached:
            texts.append(part.get_content())
        elif kind != "text/html" or attached:
            whole = kind.startswith("message/")
            content = None if whole else part.get_payload(decode=True) or b""
            digest = "message" if whole else hashlib.sha256(content).hexdigest()
            attachments.append((words(part.get_filename() or ""), digest))

    leaves(mail)
    author = mail["From"].addresses[0] if mail["From"] and mail["From"].addresses else None
    moment = mail["Date"].datetime if mail["Date"] else None
    return {
        "sender": (words(author.display_name), author.addr_spec) if author else ("", ""),
        "subject": words(str(mail["Subject"] or "")),
        "date": int(moment.timestamp()) if moment else None,
        "text": words("".join(texts)) if texts else None,
        "names": [name for name, _ in attachments],
        "bytes": [digest for _, digest in attachments],
    }


def of_angus(line):
    if "error" in line:
        return {}
    attachments = [a for a in line["attachments"] if not a["body"]]
    return {
        "sender": (words(line.get("from", "")), line.get("address") or ""),
        "subject": words(line["subject"]),
        "date": line.get("date"),
        "text": words(line["text"]) if line["plain"] else None,
        "names": [words(a["name"]) for a in attachments],
        "bytes": ["message" if a["message"] else a["sha256"] for a in attachments],
    }


def of_ekiden(line):
    if "error" in line:
        return {}
    author = (line["from"] or [{}])[0]
    date = line["date"]
    moment = email.utils.datetime.datetime.fromisoformat(date.replace("Z", "+00:00")) if date else None
    whole = [a["type"].startswith("message/") for a in line["attachments"]]
    return {
        "sender": (words(author.get("name") or ""), author.get("address") or ""),
        "subject": words(line["subject"] or ""),
        "date": int(moment.timestamp()) if moment else None,
        "text": words(line["text"]),
        "names": [words(a["name"] or "") for a in line["attachments"]],
        "bytes": ["message" if m else a["sha256"] for m, a in zip(whole, line["attachments"])],
    }


def run_ekiden(files):
    began = time.monotonic()
    child = subprocess.Popen([os.path.join(HOME, "ekiden"), "mail", "read", "--as-sent", "--json", *files],
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    out = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return [json.loads(line) for line in out.decode().splitlines()], child.returncode, time.monotonic() - began, usage.ru_maxrss / 1024


def read(reader, argument):
    try:
        return reader(argument)
    except Exception:  # whatever it throws at a mail counts as not read
        return {}


def main():
    folder, angus, differences, each = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
    files = sorted(os.path.join(at, name) for at, _, names in os.walk(folder) for name in names)
    readers = {"python": {path: read(with_python, path) for path in files}, "angus": {}, "ekiden": {}}
    with open(angus, encoding="utf-8") as lines:
        for path, line in zip(files, map(json.loads, lines)):
            readers["angus"][path] = of_angus(line)
    crashes = unread = slow = large = 0
    worst = (0.0, 0.0)
    for at in range(0, len(files), TOGETHER):
        some = files[at:at + TOGETHER]
        lines, code, _, _ = run_ekiden(some)
        crashes += code not in (0, 1, 8) or len(lines) != len(some)
        for path, line in zip(some, lines):
            readers["ekiden"][path] = of_ekiden(line)
            unread += "error" in line
    for path in sorted(files, key=os.path.getsize)[-each:]:
        _, code, seconds, megabytes = run_ekiden([path])
        crashes += code not in (0, 1, 8)
        slow += seconds > SECONDS
        large += megabytes > MEGABYTES
        worst = (max(worst[0], seconds), max(worst[1], megabytes))
    print(f"{len(files)} mails; unreadable {unread}, crashes {crashes}, over {SECONDS} s {slow}, over {MEGABYTES} MB {large} "
          f"(of the {each} largest, one by one; most {worst[0]:.2f} s, {worst[1]:.0f} MB)")
    whole = same = 0
    with open(differences, "w", encoding="utf-8") as out:
        for field in FIELDS:
            agreed = [p for p in files if field in readers["python"][p] and field in readers["angus"].get(p, {})
                      and readers["python"][p][field] == readers["angus"][p][field] is not None]
            like = [p for p in agreed if readers["ekiden"].get(p, {}).get(field) == readers["python"][p][field]]
            print(f"  {field:8} the others agree on {len(agreed):5}, Ekiden with them on {100 * len(like) / max(1, len(agreed)):6.2f} %")
            whole += len(agreed)
            same += len(like)
            for path in sorted(set(agreed) - set(like)):
                out.write(f"{field}\t{path}\n  others {readers['python'][path][field]!r}\n"
                          f"  ekiden {readers['ekiden'].get(path, {}).get(field)!r}\n")
    print(f"  in sum   {100 * same / max(1, whole):.2f} %")
    return 1 if crashes or slow or large else 0


if __name__ == "__main__":
    sys.exit(main())
