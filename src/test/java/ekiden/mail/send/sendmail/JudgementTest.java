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
        assertThat(Judgement.of(code, MailProgram.Kind.POSTFIX)).isEqualTo(ofPostfix);
        assertThat(Judgement.of(code, MailProgram.Kind.OTHER)).isEqualTo(ofOthers);
        assertThat(Judgement.of(code, MailProgram.Kind.EXIM)).isEqualTo(ofOthers);
    }

    @Test
    void whatPostfixSaysIsTooLargeIsNotTriedAgain() {
        String said = "postdrop: fatal: uid=0: message file too big";
        assertThat(Judgement.of(75, MailProgram.Kind.POSTFIX, said)).isEqualTo(Judgement.REFUSED);
        assertThat(Judgement.of(75, MailProgram.Kind.POSTFIX, "queue file write error"))
                .isEqualTo(Judgement.NOT_NOW);
        assertThat(Judgement.of(75, MailProgram.Kind.OTHER, said)).isEqualTo(Judgement.UNCERTAIN);
        assertThat(Judgement.of(0, MailProgram.Kind.POSTFIX, said)).isEqualTo(Judgement.QUEUED);
    }
}
