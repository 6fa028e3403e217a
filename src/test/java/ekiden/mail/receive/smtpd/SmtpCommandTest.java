package ekiden.mail.receive.smtpd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SmtpCommandTest {
    private static int refused(String line) {
        return switch (SmtpCommand.parse(line)) {
            case SmtpCommand.Bad(String reply, boolean fatal) -> Integer.parseInt(reply.substring(0, 3));
            case SmtpCommand.Hello fine -> 0;
            case SmtpCommand.Mail fine -> 0;
            case SmtpCommand.Rcpt fine -> 0;
            case SmtpCommand.Data fine -> 0;
            case SmtpCommand.Bdat fine -> 0;
            case SmtpCommand.Simple fine -> 0;
        };
    }

    @Test
    void addressesThatAreNoneAreRefused() {
        for (String path : List.of(
                "a@b", "<a@b", "a@b>", "<a@b>x", "<@b>", "<a@>", "<a>", "<a b@c>", "<a@b c>", "<\"a@b>", "<@x,@y>",
                "<a<b@c>", "", "<<a@b>>")) {
            assertThat(refused("RCPT TO:" + path)).as(path).isEqualTo(501);
            assertThat(refused("MAIL FROM:" + path)).as(path).isEqualTo(501);
        }
        assertThat(refused("RCPT TO:<>")).isEqualTo(501);
        assertThat(refused("RCPT <a@b>")).isEqualTo(501);
        assertThat(refused("MAIL <a@b>")).isEqualTo(501);
    }

    @Test
    void parametersThatWereNotOfferedAreRefused() {
        assertThat(refused("MAIL FROM:<a@b> BODY=BINARYMIME")).isEqualTo(501);
        assertThat(refused("MAIL FROM:<a@b> BODY")).isEqualTo(501);
        assertThat(refused("MAIL FROM:<a@b> SIZE=")).isEqualTo(501);
        assertThat(refused("MAIL FROM:<a@b> SIZE=1x")).isEqualTo(501);
        assertThat(refused("MAIL FROM:<a@b> SIZE=1 SIZE=2")).isEqualTo(501);
        assertThat(refused("MAIL FROM:<a@b> SMTPUTF8=yes")).isEqualTo(501);
        assertThat(refused("MAIL FROM:<a@b> RET=FULL")).isEqualTo(555);
        assertThat(refused("MAIL FROM:<a@b> AUTH=<>")).isEqualTo(555);
        assertThat(refused("RCPT TO:<a@b> NOTIFY=NEVER")).isEqualTo(555);
    }

    @Test
    void addressesAreReadAsTheyAreWritten() {
        assertThat(SmtpCommand.parse("mail from:<A.b@C.example> size=12 body=8bitmime"))
                .isEqualTo(new SmtpCommand.Mail("A.b@C.example", 12, false));
        assertThat(SmtpCommand.parse("MAIL FROM:<>")).isEqualTo(new SmtpCommand.Mail("", -1, false));
        assertThat(SmtpCommand.parse("MAIL FROM: <a@b>  BODY=7BIT ")).isEqualTo(new SmtpCommand.Mail("a@b", -1, false));
        assertThat(SmtpCommand.parse("RCPT TO:<\"a> b\\\"@x\"@c>"))
                .isEqualTo(new SmtpCommand.Rcpt("\"a> b\\\"@x\"@c", false));
        assertThat(SmtpCommand.parse("RCPT TO:<@r1,@r2:a@[127.0.0.1]>"))
                .isEqualTo(new SmtpCommand.Rcpt("a@[127.0.0.1]", false));
        assertThat(SmtpCommand.parse("RCPT TO:<Postmaster>")).isEqualTo(new SmtpCommand.Rcpt("Postmaster", false));
        assertThat(SmtpCommand.parse("MAIL FROM:<佐@b> SMTPUTF8")).isEqualTo(new SmtpCommand.Mail("佐@b", -1, true));
    }

    @Test
    void chunkSizesAreReadAsTheyAreWritten() {
        assertThat(SmtpCommand.parse("bdat 0 last")).isEqualTo(new SmtpCommand.Bdat(0, true));
        assertThat(SmtpCommand.parse("BDAT 99999999999999999999"))
                .isEqualTo(new SmtpCommand.Bdat(Long.MAX_VALUE, false));
    }
}
