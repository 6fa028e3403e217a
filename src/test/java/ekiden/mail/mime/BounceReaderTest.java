package ekiden.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.model.mail.Bounce;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BounceReaderTest {
    private static final String POSTFIX = """
            Return-Path: <>
            From: MAILER-DAEMON@mx.example (Mail Delivery System)
            To: orders@example.jp
            Subject: Undelivered Mail Returned to Sender
            Auto-Submitted: auto-replied
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary="b"

            --b
            Content-Description: Notification

            I'm sorry to have to inform you.
            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example
            Original-Envelope-Id: 0193+2Babc@home.example
            Arrival-Date: Sat, 28 Nov 2026 10:00:00 +0900

            Final-Recipient: rfc822; nobody@there.example
            Original-Recipient: rfc822;no+2Bbody@there.example
            Action: failed
            Status: 5.1.1
            Remote-MTA: dns; mail.there.example
            Diagnostic-Code: smtp; 550 5.1.1 <nobody@there.example>:
                nobody of that name

            Final-Recipient: rfc822; slow@there.example
            Action: delayed
            Status: 4.4.1
            --b
            Content-Type: text/rfc822-headers

            Subject: order
            Message-ID:
             <0193+abc@home.example>
            --b--
            """;

    private static Optional<Bounce> read(String mail) {
        byte[] bytes = Mails.bytes(mail.replace("\n", "\r\n"));
        try {
            return BounceReader.read(Mails.read(bytes), new BytesSource(bytes));
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    void aReportSaysForEachRecipientWhatBecameOfTheMail() {
        assertThat(read(POSTFIX))
                .contains(new Bounce(
                        List.of("<0193+abc@home.example>"),
                        List.of(
                                new Bounce.Recipient(
                                        "no+body@there.example",
                                        Bounce.Action.FAILED,
                                        "5.1.1",
                                        "550 5.1.1 <nobody@there.example>: nobody of that name"),
                                new Bounce.Recipient("slow@there.example", Bounce.Action.DELAYED, "4.4.1", ""))));
    }

    @ParameterizedTest
    @CsvSource({
        "sales+2026@there.example, sales+2026@there.example, sales+2026@there.example",
        "sales+2026@there.example, box@inside.example, sales+2026@there.example",
        "sales+DEAD@there.example, , sales+DEAD@there.example",
        ", sales+2B@there.example, sales+2B@there.example",
        "sales+2B2026@there.example, box@inside.example, sales+2026@there.example",
        "a+3Db+2Bc@there.example, box@inside.example, a=b+c@there.example",
        "sales+2B@there.example, sales+2B@there.example, sales+2B@there.example"
    })
    void anAddressWithAPlusIsTheSameWhetherTheServerWritesItPlainOrAsItWasGivenToIt(
            @Nullable String original, @Nullable String last, String expected) {
        String fields = (last == null ? "" : "Final-Recipient: rfc822; " + last + "\n")
                + (original == null ? "" : "Original-Recipient: rfc822;" + original + "\n");
        String mail = "From: MAILER-DAEMON@t.example\n"
                + "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
                + "--b\nContent-Type: message/delivery-status\n\nOriginal-Envelope-Id: e@home.example\n\n" + fields
                + "Action: failed\nStatus: 5.1.1\n\n--b--\n";
        assertThat(read(mail).orElseThrow().recipients())
                .extracting(Bounce.Recipient::address)
                .containsExactly(expected);
    }

    @Test
    void theMessageIdOfTheReturnedHeaderIsEnoughWhereThereIsNoEnvelopeId() {
        Bounce bounce = read(POSTFIX.replaceAll("Original-Envelope-Id.*\n", "")).orElseThrow();
        assertThat(bounce.messageIds()).containsExactly("<0193+abc@home.example>");
    }

    @Test
    void aSuccessIsToldFromAFailureAlsoWithoutAWordForIt() {
        Bounce bounce = read(POSTFIX.replace("Action: failed\n", "").replace("Status: 5.1.1", "Status: 2.0.0"))
                .orElseThrow();
        assertThat(bounce.recipients()).extracting(Bounce.Recipient::action).contains(Bounce.Action.DELIVERED);
    }

    @Test
    void qmailNamesRecipientsInTheTextAndReturnsTheMailBelow() {
        String mail = """
                Return-Path: <>
                From: MAILER-DAEMON@old.example
                To: orders@example.jp
                Subject: failure notice

                Hi. This is the qmail-send program at old.example.

                <gone@old.example>:
                Sorry, no mailbox here by that name. (#5.1.1)

                --- Below this line is a copy of the message.

                Return-Path: <orders@example.jp>
                Message-ID: <q1@home.example>
                Subject: order
                """;
        Bounce bounce = read(mail).orElseThrow();
        assertThat(bounce.messageIds()).containsExactly("<q1@home.example>");
        assertThat(bounce.recipients()).singleElement().satisfies(one -> {
            assertThat(one.address()).isEqualTo("gone@old.example");
            assertThat(one.action()).isEqualTo(Bounce.Action.FAILED);
            assertThat(one.status()).isEqualTo("5.1.1");
            assertThat(one.diagnostic()).startsWith("Sorry, no mailbox here by that name.");
        });
    }

    @Test
    void eximNamesRecipientsInAFieldAndEnclosesTheMail() {
        String mail = """
                From: Mail Delivery System <Mailer-Daemon@ex.example>
                X-Failed-Recipients: one@ex.example, two@ex.example
                Subject: Mail delivery failed
                Content-Type: multipart/mixed; boundary=b

                --b

                A message that you sent could not be delivered.
                --b
                Content-Type: message/rfc822

                Message-ID: <x1@home.example>
                Subject: order

                Message-ID: <in-the-body@home.example>
                --b--
                """;
        Bounce bounce = read(mail).orElseThrow();
        assertThat(bounce.messageIds()).containsExactly("<x1@home.example>");
        assertThat(bounce.recipients())
                .extracting(Bounce.Recipient::address)
                .containsExactly("one@ex.example", "two@ex.example");
    }

    @ParameterizedTest
    @CsvSource({
        "host lost (4.4.1); it is tried again, DELAYED",
        "host lost (4.4.1); given up (5.4.7), FAILED",
        "sorry, FAILED"
    })
    void whereAMailSystemNamesNobodyItsCodesTellAWarningFromAFailure(String words, Bounce.Action action) {
        String mail = "From: MAILER-DAEMON@old.example\n\n" + words + "\n\nMessage-ID: <q1@home.example>\n";
        assertThat(read(mail).orElseThrow().recipients()).containsExactly(new Bounce.Recipient("", action, "", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From: a@b.example\nSubject: Re: order\n\nMessage-ID: <q1@home.example>\n",
                "From: MAILER-DAEMON@b.example\nSubject: no id\n\nsorry\n",
                "Return-Path: <>\nFrom: a@b.example\nAuto-Submitted: auto-replied\n"
                        + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nI am away.\n--b\n"
                        + "Content-Type: message/rfc822\n\nMessage-ID: <q1@home.example>\n\ntext\n--b--\n",
                "From: a@b.example\nContent-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n"
                        + "--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <q1@home.example>\n--b--\n"
            })
    void whatIsNoBounceOrNamesNoMailSaysNothing(String mail) {
        assertThat(read(mail)).isEmpty();
    }

    @Test
    void ofTooMuchOnlyTheBeginningIsKept() {
        StringBuilder groups = new StringBuilder();
        for (int i = 0; i <= Bounce.MAX_RECIPIENTS; i++) {
            groups.append("Final-Recipient: rfc822; u" + i + "@t.example\nAction: failed\nStatus: 5.0.0\n\n");
        }
        String mail = "From: MAILER-DAEMON@m.example\n"
                + "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
                + "--b\nContent-Type: message/delivery-status\n\nOriginal-Envelope-Id: e@home.example\n\n" + groups
                + "--b--\n";
        assertThat(read(mail).orElseThrow().recipients()).hasSize(Bounce.MAX_RECIPIENTS);
        String words = "x".repeat(Bounce.MAX_TEXT + 1);
        assertThat(new Bounce.Recipient("a@b", Bounce.Action.FAILED, "5.0.0", words).diagnostic())
                .hasSize(Bounce.MAX_TEXT);
    }
}
