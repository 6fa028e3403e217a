package ekiden.testing.corpus;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Makes mails by chance. The same seed and number give the same mail. */
final class Corpus {
    /**
     * How Japanese is sent.
     *
     * @param label as mails write it
     * @param charset of the bytes
     * @param special whether it has the characters of NEC and IBM
     * @param half whether it has half-width katakana
     */
    private record Sent(String label, String charset, boolean special, boolean half) {}

    private static final List<Sent> RIGHT = List.of(
            new Sent("ISO-2022-JP", "x-windows-iso2022jp", false, false),
            new Sent("iso-2022-jp", "x-windows-iso2022jp", true, false),
            new Sent("ISO-2022-JP", Drawn.JIS, true, true),
            new Sent("iso-2022-jp-ms", Drawn.JIS, true, true),
            new Sent("cp50221", Drawn.JIS, true, true),
            new Sent("UTF-8", "UTF-8", true, true),
            new Sent("utf-8", "UTF-8", true, true),
            new Sent("Shift_JIS", "windows-31j", true, true),
            new Sent("x-sjis", "windows-31j", false, true),
            new Sent("CP932", "windows-31j", true, true),
            new Sent("windows-31j", "windows-31j", true, true),
            new Sent("EUC-JP", "EUC-JP", false, true),
            new Sent("cp51932", "EUC-JP", false, true),
            new Sent("UTF-16", "UTF-16", true, true),
            new Sent("GB18030", "GB18030", true, true));

    private static final List<Sent> REAL = List.of(
            new Sent("", "x-windows-iso2022jp", true, false),
            new Sent("", "UTF-8", true, true),
            new Sent("", "windows-31j", true, true),
            new Sent("", "EUC-JP", false, false));

    private static final List<String> WRONG = List.of(
            "us-ascii",
            "utf-8",
            "ISO-2022-JP",
            "Shift_JIS",
            "EUC-JP",
            "iso-8859-1",
            "windows-1252",
            "x-unknown",
            "japanese");

    private Corpus() {}

    static CorpusMail mail(long seed, int number) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> {
                Sent sent = RIGHT.get(random.nextInt(RIGHT.size()));
                yield japanese(random, "right:" + sent.label, sent.label, sent, false);
            }
            case 4, 5 -> {
                Sent sent = REAL.get(random.nextInt(REAL.size()));
                yield japanese(random, "none:" + sent.charset, "", sent, true);
            }
            case 6, 7, 8 -> {
                Sent sent = REAL.get(random.nextInt(REAL.size()));
                String label = Phrases.of(random, WRONG);
                yield japanese(random, "wrong:" + label + ":" + sent.charset, label, sent, random.nextBoolean());
            }
            default -> foreign(random);
        };
    }

    private static CorpusMail japanese(
            SplittableRandom random, String kind, String label, Sent sent, boolean rawHeaders) {
        String from = Phrases.name(random);
        String subject = Phrases.subject(random, sent.special, sent.half);
        String text = Phrases.text(random, sent.special, sent.half);
        List<String> names = new ArrayList<>();
        for (int n = random.nextInt(3); n > 0; n--) {
            names.add(Phrases.fileName(random));
        }
        return build(random, new Plan(kind, true, label, sent.charset, rawHeaders), from, subject, text, names);
    }

    private static CorpusMail foreign(SplittableRandom random) {
        Foreign foreign = Foreign.ALL.get(random.nextInt(Foreign.ALL.size()));
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(2, 6); n > 0; n--) {
            text.append(Phrases.of(random, foreign.sentences())).append('\n');
        }
        List<String> names = random.nextBoolean()
                ? List.of()
                : List.of(Phrases.of(random, foreign.sentences()).replaceAll("[ .,!:]+", "_") + ".pdf");
        Plan plan = new Plan("foreign:" + foreign.label(), false, foreign.label(), foreign.charset(), false);
        return build(random, plan, "A B", Phrases.of(random, foreign.sentences()), text.toString(), names);
    }

    /** How a mail is labelled; an empty label is none. */
    private record Plan(String kind, boolean japanese, String label, String charset, boolean rawHeaders) {}

    private static CorpusMail build(
            SplittableRandom random, Plan plan, String from, String subject, String text, List<String> names) {
        String inHeaders = plan.label.isEmpty() ? "x-unknown" : plan.label;
        String charset = plan.charset;
        StringBuilder mail = new StringBuilder("Date: Fri, 27 Nov 2026 10:20:30 +0900\r\nMIME-Version: 1.0\r\n");
        byte[] name = Drawn.bytes(charset, from);
        byte[] title = Drawn.bytes(charset, subject);
        String address = "user" + random.nextInt(1000) + "@example.jp";
        mail.append("From: ")
                .append(plan.rawHeaders ? '"' + Drawn.raw(name) + '"' : Drawn.words(random, inHeaders, name));
        mail.append(" <").append(address).append(">\r\nTo: orders@example.jp\r\nSubject: ");
        mail.append(plan.rawHeaders ? Drawn.raw(title) : Drawn.words(random, inHeaders, title));
        mail.append("\r\n");
        byte[] body = Drawn.bytes(charset, text.replace("\n", "\r\n"));
        String encoding = charset.startsWith("UTF-16")
                ? "base64"
                : Phrases.of(random, List.of("8bit", "8bit", "base64", "quoted-printable"));
        String type = "Content-Type: text/plain" + (plan.label.isEmpty() ? "" : "; charset=" + plan.label)
                + "\r\nContent-Transfer-Encoding: " + encoding + "\r\n\r\n" + Drawn.body(encoding, body);
        List<Map<String, String>> attachments = new ArrayList<>();
        if (names.isEmpty()) {
            mail.append(type);
        } else {
            mail.append("Content-Type: multipart/mixed; boundary=\"=_b\"\r\n\r\n--=_b\r\n")
                    .append(type);
            for (String file : names) {
                attachments.add(attachment(random, plan, inHeaders, file, mail));
            }
            mail.append("\r\n--=_b--\r\n");
        }
        byte[] raw = mail.toString().getBytes(StandardCharsets.ISO_8859_1);
        return new CorpusMail(
                plan.kind,
                plan.japanese,
                raw,
                Drawn.read(charset, name, from),
                address,
                Drawn.read(charset, title, subject),
                Drawn.read(charset, body, text).replace("\r\n", "\n"),
                attachments);
    }

    private static Map<String, String> attachment(
            SplittableRandom random, Plan plan, String label, String file, StringBuilder mail) {
        byte[] content = new byte[random.nextInt(3000)];
        random.nextBytes(content);
        byte[] name = Drawn.bytes(plan.charset, file);
        mail.append("\r\n--=_b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment;\r\n ")
                .append(Drawn.fileName(random, "filename", label, name, plan.rawHeaders))
                .append("\r\nContent-Transfer-Encoding: base64\r\n\r\n")
                .append(Base64.getMimeEncoder().encodeToString(content));
        return Map.of("name", Drawn.read(plan.charset, name, file), "sha256", sha256(content));
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
