package ekiden.mail.send;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.mail.profile.MailCharset;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Mails in Japanese, by each rule of their character set, read back by Python's email package. */
class JapaneseMailPythonIT {
    /** A line for each fact. A file name is asked for by RFC 2231 and by the older form. */
    private static final String READER = """
            import email, email.policy, sys
            from email.header import decode_header, make_header
            sys.stdout.reconfigure(encoding="utf-8")
            with open(sys.argv[1], "rb") as f:
                mail = email.message_from_binary_file(f, policy=email.policy.default)
            with open(sys.argv[1], "rb") as f:
                old = email.message_from_binary_file(f, policy=email.policy.compat32)
            print(mail["Subject"])
            print(make_header(decode_header(old["Subject"])))
            for a in mail["From"].addresses + mail["To"].addresses:
                print(a.display_name)
            print(mail.get_body(("plain",)).get_content().replace("\\r", "").replace("\\n", "/"))
            for part in mail.iter_attachments():
                print(part.get_filename())
            for part in old.get_payload() if old.is_multipart() else []:
                name = part.get_param("name")
                if name is not None:
                    print(make_header(decode_header(name)))
            print(str(mail.defects))
            """;

    @TempDir
    private Path folder;

    private JapaneseMails mails() {
        return new JapaneseMails(folder);
    }

    private void assertReadBack(MailDraft draft) throws IOException, InterruptedException {
        List<String> expected = new ArrayList<>(List.of(draft.subject(), draft.subject()));
        expected.add(String.valueOf(draft.from().name()));
        draft.to().forEach(to -> expected.add(String.valueOf(to.name())));
        expected.add(draft.text().replace("\n", "/"));
        draft.attachments().forEach(one -> expected.add(one.name()));
        draft.attachments().forEach(one -> expected.add(one.name()));
        expected.add("[]");
        assertThat(said(mails().composed(draft)).stream()
                        .map(JapaneseMails::alike)
                        .toList())
                .containsExactlyElementsOf(
                        expected.stream().map(JapaneseMails::alike).toList());
    }

    private static List<String> said(Path file) throws IOException, InterruptedException {
        Process python = new ProcessBuilder("python3", "-c", READER, file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(python.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(python.exitValue()).as(said).isZero();
        return said.lines().toList();
    }

    @ParameterizedTest
    @EnumSource(MailCharset.class)
    void japaneseIsReadAsItWasWritten(MailCharset charset) throws IOException, InterruptedException {
        assertReadBack(JapaneseMails.always(mails().everything(), charset));
    }

    @ParameterizedTest
    @EnumSource(MailCharset.class)
    void subjectOfTwoHundredCharacters(MailCharset charset) throws IOException, InterruptedException {
        String subject = JapaneseMails.JIS.repeat(10).substring(0, 200);
        // The name is short: Python 3.11 leaves the spaces between the words of a longer one (against RFC 2047 §6.2).
        MailDraft draft = mails().draft(subject, "受注センター", "本文\n", "あ1".repeat(100), "x".repeat(150));
        assertReadBack(JapaneseMails.always(draft, charset));
    }

    @ParameterizedTest
    @CsvSource({
        "№㈱①髙﨑, 件名, 本文, 表.csv",
        "件名, 髙﨑, 本文, 表.csv",
        "件名, 名前, ﾊﾝｶｸ, 表.csv",
        "件名, 名前, 本文, ﾃｽﾄ.csv",
        "𠮷野家, 名前, 本文, 表.csv",
        "件名, 名前, é🙂, 表.csv",
    })
    void whatIsNotInJisIsReadAsUtf8(String subject, String name, String text, String file)
            throws IOException, InterruptedException {
        MailDraft draft = mails().draft(subject, name, text + "\n", file);
        assertReadBack(JapaneseMails.always(draft, MailCharset.ISO_2022_JP));
    }

    @Test
    void longLines() throws IOException, InterruptedException {
        MailDraft draft = mails().draft("件名", "名前", "長".repeat(700) + "\n終わり\n");
        assertReadBack(JapaneseMails.always(draft, MailCharset.ISO_2022_JP));
    }
}
