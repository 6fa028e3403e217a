package ekiden.mail.receive.imap;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.mail.receive.ReceiveMessage;
import ekiden.mail.receive.imap.Causes.Asked;
import ekiden.mail.receive.imap.Response.Code;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CausesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "LOGIN  | AUTHENTICATIONFAILED | Invalid credentials (Failure)                  | LOGIN_REFUSED",
                "LOGIN  | AUTHORIZATIONFAILED  | no                                             | DISABLED",
                "LOGIN  | EXPIRED              | your password is too old                       | DISABLED",
                "LOGIN  | UNAVAILABLE          | Temporary authentication failure.              | NOT_NOW",
                "LOGIN  | LIMIT                | slow down                                      | NOT_NOW",
                "LOGIN  | INUSE                | one at a time                                  | NOT_NOW",
                "LOGIN  | CONTACTADMIN         | ask                                            | DISABLED",
                "LOGIN  | PRIVACYREQUIRED      | Plaintext authentication disallowed            | CLEAR_PASSWORD",
                "LOGIN  | NOPERM               | no                                             | DISABLED",
                "LOGIN  | -                    | LOGIN failed.                                  | LOGIN_REFUSED",
                "LOGIN  | -                    | User is authenticated but not connected.       | DISABLED",
                "LOGIN  | ALERT                | IMAP access is disabled for your domain.       | DISABLED",
                "LOGIN  | ALERT                | Application-specific password required         | LOGIN_REFUSED",
                "LOGIN  | ALERT                | Too many simultaneous connections. (Failure)   | NOT_NOW",
                "LOGIN  | -                    | Your account has been disabled                 | DISABLED",
                "LOGIN  | -                    | Plaintext authentication disallowed on non-secure connections. | CLEAR_PASSWORD",
                "FOLDER | NONEXISTENT          | no                                             | NO_FOLDER",
                "FOLDER | NOPERM               | no                                             | NO_FOLDER",
                "FOLDER | -                    | Mailbox doesn't exist                          | NO_FOLDER",
                "FOLDER | -                    | User is authenticated but not connected.       | DISABLED",
                "FOLDER | -                    | Server Unavailable. 15                         | NOT_NOW",
                "FOLDER | INUSE                | locked                                         | NOT_NOW",
                "READ   | OVERQUOTA            | Account exceeded command or bandwidth limits   | NOT_NOW",
                "READ   | SERVERBUG            | Internal error occurred                        | NOT_NOW",
                "READ   | -                    | Request is throttled. Suggested Backoff Time   | NOT_NOW",
                "READ   | -                    | could not be converted to RFC822               | REFUSED",
                "READ   | NONEXISTENT          | the folder is gone                             | NO_FOLDER",
                "FLAGS  | NOPERM               | no                                             | READ_ONLY",
                "FLAGS  | READ-ONLY            | no                                             | READ_ONLY",
                "REMOVE | NOPERM               | no                                             | READ_ONLY",
                "TARGET | TRYCREATE            | no                                             | NO_TARGET",
                "TARGET | NONEXISTENT          | no                                             | NO_TARGET",
                "TARGET | NOPERM               | no                                             | NO_TARGET",
                "TARGET | OVERQUOTA            | full                                           | NOT_NOW",
                "HELLO  | -                    | what                                           | REFUSED"
            })
    void refusalMeans(Asked asked, String code, String text, ReceiveMessage meaning) {
        assertThat(Causes.of(asked, new Code(code == null ? "" : code, ""), text))
                .isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "UNAVAILABLE | Server shutting down.                                                | CLOSING",
                "-           | Session invalidated - AccessTokenExpired                             | CLOSING",
                "-           | Disconnected for inactivity.                                         | CLOSING",
                "-           | Connection closed. 14                                                | CLOSING",
                "OVERQUOTA   | Account exceeded command or bandwidth limits.                        | NOT_NOW",
                "-           | Too many connections from your IP                                    | NOT_NOW",
                "LIMIT       | -                                                                    | NOT_NOW"
            })
    void goodbyeMeans(String code, String text, ReceiveMessage meaning) {
        assertThat(Causes.ofBye(new Code(code == null ? "" : code, ""), text == null ? "" : text))
                .isEqualTo(meaning);
    }
}
