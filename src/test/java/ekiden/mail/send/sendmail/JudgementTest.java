package ekiden.mail.send.sendmail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgementTest {
    @ParameterizedTest
    @CsvSource({
        "0, QUEUED, QUEUED",
        "1, UNCERTAIN, UNCERTAIN",
        "63, UNCERTAIN, UNCERTAIN",
        "64, REFUSED, REFUSED",
        "65, REFUSED, REFUSED",
        "66, REFUSED, REFUSED",
        "67, REFUSED, REFUSED",
        "68, REFUSED, REFUSED",
        "69, REFUSED, REFUSED",
        "70, REFUSED, REFUSED",
        "71, NOT_NOW, NOT_NOW",
        "72, REFUSED, REFUSED",
        "73, REFUSED, REFUSED",
        "74, NOT_NOW, NOT_NOW",
        "75, NOT_NOW, UNCERTAIN",
        "76, REFUSED, REFUSED",
        "77, REFUSED, REFUSED",
        "78, REFUSED, REFUSED",
        "79, UNCERTAIN, UNCERTAIN",
        "127, UNCERTAIN, UNCERTAIN",
        "137, UNCERTAIN, UNCERTAIN",
    })
    void nobodyIsSaidToHaveNothingWhereThatIsNotKnown(int code, Judgement ofPostfix, Judgement ofOthers) {
        assertThat(of(code, MailProgram.Kind.POSTFIX, 1)).isEqualTo(ofPostfix);
        assertThat(of(code, MailProgram.Kind.OTHER, 1)).isEqualTo(ofOthers);
        assertThat(of(code, MailProgram.Kind.EXIM, 1)).isEqualTo(ofOthers);
    }

    private static Judgement of(int code, MailProgram.Kind kind, int recipients) {
        return Judgement.of(code, kind, "", recipients);
    }

    /** sendmail(8): 0 is success on all addresses, and any other code may be that of one of them. */
    @ParameterizedTest
    @CsvSource({
        "0, QUEUED", "1, UNCERTAIN", "64, REFUSED", "65, UNCERTAIN", "67, UNCERTAIN", "68, UNCERTAIN",
        "69, UNCERTAIN", "70, UNCERTAIN", "71, UNCERTAIN", "74, UNCERTAIN", "75, UNCERTAIN", "77, UNCERTAIN",
    })
    void codeOfOneOfSeveralRecipientsSaysNothingOfTheOthers(int code, Judgement ofOthers) {
        assertThat(of(code, MailProgram.Kind.OTHER, 2)).isEqualTo(ofOthers);
        assertThat(of(code, MailProgram.Kind.NULLMAILER, 2)).isEqualTo(ofOthers);
    }

    @ParameterizedTest
    @CsvSource({"65, REFUSED", "67, REFUSED", "71, NOT_NOW", "75, NOT_NOW"})
    void postfixAndMsmtpHandOnAllOrNothing(int code, Judgement several) {
        assertThat(of(code, MailProgram.Kind.POSTFIX, 2)).isEqualTo(several);
        assertThat(of(code, MailProgram.Kind.MSMTP, 2)).isEqualTo(several);
    }

    @ParameterizedTest
    @CsvSource({
        "65, REFUSED",
        "68, REFUSED",
        "69, REFUSED",
        "71, NOT_NOW",
        "74, UNCERTAIN",
        "75, NOT_NOW",
        "76, UNCERTAIN",
    })
    void msmtpMayHaveLostItsServerBehindTheWholeMail(int code, Judgement ofMsmtp) {
        assertThat(of(code, MailProgram.Kind.MSMTP, 1)).isEqualTo(ofMsmtp);
    }

    @Test
    void whatPostfixSaysIsTooLargeIsNotTriedAgain() {
        String said = "postdrop: fatal: uid=0: message file too big";
        assertThat(Judgement.of(75, MailProgram.Kind.POSTFIX, said, 1)).isEqualTo(Judgement.REFUSED);
        assertThat(Judgement.of(75, MailProgram.Kind.POSTFIX, "queue file write error", 1))
                .isEqualTo(Judgement.NOT_NOW);
        assertThat(Judgement.of(75, MailProgram.Kind.OTHER, said, 1)).isEqualTo(Judgement.UNCERTAIN);
        assertThat(Judgement.of(0, MailProgram.Kind.POSTFIX, said, 1)).isEqualTo(Judgement.QUEUED);
    }
}
