package ekiden.agent;

import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.mail.address.AddressLimits;
import ekiden.mail.address.Recipients;
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
     */
    record Profile(Address from, MailSender sender) {}

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
