package ekiden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.disk.Disk;
import ekiden.link.Assignment;
import ekiden.mail.address.Addressed;
import ekiden.mail.profile.CharsetRule;
import ekiden.mail.profile.MailCharset;
import ekiden.mail.profile.SendRules;
import ekiden.mail.send.MailDraft;
import ekiden.model.definition.MailExtras;
import ekiden.model.definition.MailExtras.Importance;
import ekiden.model.mail.Address;
import ekiden.testing.MemoryDisk;
import ekiden.testing.MemoryMailSender;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MailDraftsTest {
    private final Disk disk = new MemoryDisk(new Random(1));
    private final Senders.Profile profile = new Senders.Profile(
            new Address(null, "orders@localhost"),
            new MemoryMailSender(),
            CharsetRule.always(MailCharset.ISO_2022_JP),
            SendRules.DEFAULT);

    @BeforeEach
    void folder() throws IOException {
        disk.makeFolders(Path.of("/d"));
    }

    private String file(String name, String text, Charset charset) throws IOException {
        Path file = Path.of("/d", name);
        try (Disk.Output out = disk.create(file)) {
            out.write(ByteBuffer.wrap(text.getBytes(charset)));
        }
        return file.toString();
    }

    private Result<MailDraft> draft(@Nullable String text, @Nullable String textFile, MailExtras extras) {
        Assignment.SubmitMail mail = new Assignment.SubmitMail(
                AgentRig.attempt("a"),
                "orders",
                List.of("customer@shop.example"),
                List.of(),
                List.of(),
                "order",
                text,
                textFile,
                List.of(),
                "/work",
                "<a@localhost>",
                Instant.EPOCH,
                "<9@localhost>",
                List.of(),
                extras,
                null,
                List.of("<1@localhost>", "<9@localhost>"));
        Addressed customer =
                new Addressed(List.of(new Address(null, "customer@shop.example")), List.of(), List.of(), List.of());
        return MailDrafts.of(mail, profile, customer, List.of(), disk);
    }

    private static MailDraft drafted(Result<MailDraft> result) {
        return ((Result.Ok<MailDraft>) result).value();
    }

    private static Problem problem(Result<MailDraft> result) {
        return ((Result.Failed<MailDraft>) result).problem();
    }

    @Test
    void everythingThatIsWantedIsInTheDraft() throws IOException {
        MailExtras extras = new MailExtras(
                "受注 <other@localhost>",
                List.of("answers@localhost"),
                null,
                file("a.html", "<p>本文</p>", StandardCharsets.UTF_8),
                file("sign.txt", "営業部\n", StandardCharsets.UTF_8),
                Importance.HIGH);
        MailDraft draft = drafted(draft(null, null, extras));
        assertThat(draft.from()).isEqualTo(new Address("受注", "other@localhost"));
        assertThat(draft.inReplyTo()).isEqualTo("<9@localhost>");
        assertThat(draft.references()).containsExactly("<1@localhost>", "<9@localhost>");
        assertThat(draft.options())
                .isEqualTo(new MailDraft.Options(
                        List.of(new Address(null, "answers@localhost")), "<p>本文</p>", "営業部\n", Importance.HIGH));
        assertThat(draft.besides().charsets()).isEqualTo(CharsetRule.always(MailCharset.ISO_2022_JP));
        assertThat(drafted(draft("t", null, MailExtras.NONE)).options()).isEqualTo(MailDraft.Options.NONE);
        assertThat(drafted(draft("t", null, MailExtras.NONE)).from()).isEqualTo(profile.from());
    }

    @Test
    void fileThatIsNotThereOrNotUtf8EndsIt() throws IOException {
        MailExtras absent = new MailExtras(null, List.of(), null, "/d/none.html", null, Importance.NORMAL);
        assertThat(problem(draft("t", null, absent)).id()).isEqualTo("EKDA0013-E");
        String sjis = file("sjis.txt", "署名", Charset.forName("windows-31j"));
        MailExtras signed = new MailExtras(null, List.of(), null, null, sjis, Importance.NORMAL);
        assertThat(problem(draft("t", null, signed)).id()).isEqualTo("EKDM0380-E");
        assertThat(problem(draft(null, sjis, MailExtras.NONE)).id()).isEqualTo("EKDM0380-E");
    }

    @Test
    void authorOrAnswersThatAreNoAddressEndIt() {
        MailExtras from = new MailExtras("me", List.of(), null, null, null, Importance.NORMAL);
        assertThat(problem(draft("t", null, from)).id()).isEqualTo("EKDM0600-E");
        MailExtras replyTo = new MailExtras(null, List.of("me"), null, null, null, Importance.NORMAL);
        assertThat(problem(draft("t", null, replyTo)).id()).isEqualTo("EKDM0600-E");
    }
}
