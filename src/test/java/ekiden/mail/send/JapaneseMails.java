package ekiden.mail.send;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Result;
import ekiden.disk.FileDisk;
import ekiden.mail.profile.CharsetRule;
import ekiden.mail.profile.MailCharset;
import ekiden.model.mail.Address;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Drafts in Japanese. */
record JapaneseMails(Path folder) {
    /** Everything that trips others: bytes that look like quotes, at signs and equals signs, kana, punctuation. */
    static final String JIS = "【至急】注文書の送付〜見積−確認‖¢£¬ソ表示能力「予約」";

    MailDraft draft(String subject, String name, String text, String... files) throws IOException {
        List<Attachment> attachments = new ArrayList<>();
        for (int i = 0; i < files.length; i++) {
            Path file = Files.write(folder.resolve("f" + i), new byte[] {1, 2, 3});
            attachments.add(new Attachment(file, files[i], "application/octet-stream"));
        }
        return new MailDraft(
                new Address(name, "orders@example.jp"),
                List.of(new Address(name, "taro@docomo.example"), new Address("Doe", "doe@example.com")),
                List.of(),
                List.of(),
                subject,
                text,
                attachments,
                "<japanese@ekiden.example>",
                OffsetDateTime.parse("2026-11-03T09:05:07+09:00"),
                null,
                List.of(),
                null);
    }

    /** A mail with a bit of everything that is in JIS. */
    MailDraft everything() throws IOException {
        return draft(
                "Re: " + JIS,
                "受注センター 山田",
                "一行目\n.点で始まる行\n\nFrom here\n" + JIS + "\n",
                "注文書 2026年11月.xlsx",
                "plain.pdf",
                "表".repeat(60) + ".csv",
                "ソ能x".repeat(40) + "(\"確認\").txt");
    }

    static MailDraft always(MailDraft draft, MailCharset charset) {
        return draft.with(CharsetRule.always(charset));
    }

    static String label(MailCharset charset) {
        return charset == MailCharset.UTF_8 ? "UTF-8" : "ISO-2022-JP";
    }

    Path composed(MailDraft draft) {
        Path target = folder.resolve("mail.eml");
        assertThat(new Composer(new FileDisk()).compose(draft, target)).isInstanceOf(Result.Ok.class);
        return target;
    }

    String raw(MailDraft draft) throws IOException {
        return Files.readString(composed(draft), StandardCharsets.ISO_8859_1);
    }

    /** Of characters with two code points the one of JIS, as ISO-2022-JP has them once. */
    static String alike(String text) {
        String twins = "\uff5e\u301c\uff0d\u2212\u2225\u2016\u2015\u2014\uffe0\u00a2\uffe1\u00a3\uffe2\u00ac";
        String one = text;
        for (int i = 0; i < twins.length(); i += 2) {
            one = one.replace(twins.charAt(i), twins.charAt(i + 1));
        }
        return one;
    }
}
