package ekiden.bench;

import ekiden.mail.mime.BytesSource;
import ekiden.mail.mime.Message;
import ekiden.mail.mime.MessageReader;
import ekiden.mail.mime.MimeLimits;
import ekiden.mail.mime.ReadMailJson;
import ekiden.mail.mime.Reading;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Mails a second that one core reads: headers decoded, text produced, SHA-256 of every attachment computed, nothing saved.
 * {@code large}: one attachment of 1 MB in base64. {@code small}: 4 KB, half of them Japanese, in turn as ISO-2022-JP, UTF-8
 * in base64, windows-31j without a label, HTML in quoted-printable.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ReadSpeed {
    private static final String LINE = "いつもお世話になっております。先日ご依頼の見積書を添付いたします。\r\n";
    private static final String PLAIN = "Please find the order attached; it was confirmed by phone this morning.\r\n";

    private byte[] large = new byte[0];
    private final List<byte[]> small = new ArrayList<>();
    private int next;

    /** Makes the mails. */
    @Setup
    public void setUp() throws IOException {
        byte[] data = new byte[1 << 20];
        new SplittableRandom(1).nextBytes(data);
        large = bytes(head("multipart/mixed; boundary=\"=_b\"", "")
                + "--=_b\r\nContent-Type: text/plain; charset=iso-2022-jp\r\n\r\n" + in("x-windows-iso2022jp", LINE.repeat(5))
                + "\r\n--=_b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n"
                + "Content-Disposition: attachment; filename=\"=?utf-8?B?6KaL56mN5pu4LnBkZg==?=\"\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(data) + "\r\n--=_b--\r\n");
        Files.writeString(Path.of(System.getProperty("read-speed.size")), String.valueOf(large.length));
        small.add(filled("text/plain; charset=iso-2022-jp", "7bit", "x-windows-iso2022jp", LINE));
        small.add(filled("text/plain; charset=us-ascii", "7bit", "us-ascii", PLAIN));
        small.add(filled("text/plain; charset=utf-8", "base64", "utf-8", LINE));
        small.add(filled("text/plain; charset=iso-8859-1", "8bit", "iso-8859-1", PLAIN.replace("phone", "téléphone")));
        small.add(filled("text/plain", "8bit", "windows-31j", LINE));
        small.add(filled("text/html; charset=utf-8", "quoted-printable", "utf-8", "<p>" + PLAIN + "=E6=B3=A8<br></p>\r\n"));
        small.add(withAttachment());
        small.add(filled("text/plain; charset=utf-8", "8bit", "utf-8", PLAIN));
    }

    private static byte[] filled(String type, String encoding, String charset, String line) {
        StringBuilder body = new StringBuilder();
        String head = head(type, "Content-Transfer-Encoding: " + encoding + "\r\n");
        int room = 4096 - head.length();
        if (encoding.equals("base64")) {
            String text = line.repeat(room * 3 / 4 / in(charset, line).length());
            return bytes(head + Base64.getMimeEncoder().encodeToString(text.getBytes(Charset.forName(charset))));
        }
        String encoded = in(charset, line);
        while (body.length() + encoded.length() < room) {
            body.append(encoded);
        }
        return bytes(head + body);
    }

    private static byte[] withAttachment() {
        byte[] data = new byte[1500];
        new SplittableRandom(2).nextBytes(data);
        return bytes(head("multipart/mixed; boundary=\"=_b\"", "")
                + "--=_b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + in("utf-8", LINE.repeat(4))
                + "\r\n--=_b\r\nContent-Type: text/csv; name*=utf-8''%E8%A6%8B%E7%A9%8D.csv\r\n"
                + "Content-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(data) + "\r\n--=_b--\r\n");
    }

    private static String head(String type, String more) {
        return "Return-Path: <orders@customer.example>\r\n"
                + "Received: from mx.example.jp (mx.example.jp [192.0.2.1]) by mail.example.jp with ESMTPS id 1234567890\r\n"
                + "\tfor <edi@example.jp>; Fri, 27 Nov 2026 10:20:31 +0900 (JST)\r\n".repeat(3)
                + "From: =?ISO-2022-JP?B?GyRCOzNFREJATzobKEI=?= <orders@customer.example>\r\n"
                + "To: \"EDI\" <edi@example.jp>, =?utf-8?B?5rOo5paH?= <order@example.jp>\r\n"
                + "Subject: =?ISO-2022-JP?B?GyRCQ21KOD1xJE43bxsoQg==?= =?ISO-2022-JP?B?GyRCQ21KOD1xGyhC?= No.12345\r\n"
                + "Date: Fri, 27 Nov 2026 10:20:30 +0900\r\nMessage-ID: <20261127.12345@customer.example>\r\n"
                + "X-Mailer: Mailer 1.0\r\nMIME-Version: 1.0\r\nContent-Type: " + type + "\r\n" + more + "\r\n";
    }

    private static String in(String charset, String text) {
        return new String(text.getBytes(Charset.forName(charset)), StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String mail) {
        return mail.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Map<String, Object> read(byte[] mail) {
        BytesSource raw = new BytesSource(mail);
        if (!(MessageReader.read(raw, MimeLimits.DEFAULT) instanceof Reading.Readable(Message message))) {
            throw new IllegalStateException("not read");
        }
        try {
            return ReadMailJson.readable("f", message, raw);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** {@return what is printed for a mail with an attachment of 1 MB} */
    @Benchmark
    public Map<String, Object> large() {
        return read(large);
    }

    /** {@return what is printed for one of the small mails} */
    @Benchmark
    public Map<String, Object> small() {
        next = (next + 1) % small.size();
        return read(small.get(next));
    }
}
