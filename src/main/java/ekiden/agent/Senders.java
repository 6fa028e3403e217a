package ekiden.agent;

import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.mail.address.AddressLimits;
import ekiden.mail.address.Recipients;
import ekiden.mail.profile.CharsetRule;
import ekiden.mail.profile.SendRules;
import ekiden.mail.send.MailSender;
import ekiden.model.mail.Address;
import java.util.List;

/** Port: the sending side of the mail profiles. */
public interface Senders {
    /**
     * The sending side of one profile.
     *
     * @param from the author; its address is the envelope sender
     * @param sender hands mails to its server
     * @param charsets in which character set mails are written
     * @param rules how they are sent
     */
    record Profile(Address from, MailSender sender, CharsetRule charsets, SendRules rules) {
        /**
         * With mails in UTF-8.
         *
         * @param from the author
         * @param sender hands mails to its server
         */
        public Profile(Address from, MailSender sender) {
            this(from, sender, CharsetRule.UTF_8, SendRules.DEFAULT);
        }
    }

    /**
     * @param profile the profile's name
     * @return how it sends, or why it cannot (unknown profile, settings unreadable, no sending side)
     */
    Result<Profile> profile(String profile);

    /** {@return who is asked what names of recipients mean; by default nobody, so that only addresses can be written} */
    default Recipients recipients() {
        return new Recipients(() -> Result.ok(List.of()), AddressLimits.DEFAULT, new SystemClock());
    }
}
