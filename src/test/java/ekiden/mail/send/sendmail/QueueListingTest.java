package ekiden.mail.send.sendmail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QueueListingTest {
    @Test
    void mailsAreReadAndWhatIsNoneIsPassedOver() {
        String text = """
                postqueue: warning: Mail system is down
                {"queue_name": "deferred", "queue_id": "4D2A1B3C", "arrival_time": 1, "message_size": 3, "sender": "u+ek1@x.jp", "recipients": [{"address": "a@y.jp"}, {"address": "b@y.jp", "delay_reason": "451\\tlater"}]}
                {"queue_name": "maildrop", "queue_id": "99", "sender": "u@x.jp", "recipients": []}
                {"torn
                {"queue_name": 7}
                """;

        assertThat(QueueListing.parse(text).mails())
                .containsExactly(
                        new QueueListing.Mail("4D2A1B3C", "deferred", "u+ek1@x.jp", "451 later"),
                        new QueueListing.Mail("99", "maildrop", "u@x.jp", ""));
    }
}
