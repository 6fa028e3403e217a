package ekiden.agent;

import ekiden.model.mail.Receipt;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How large mails came that lie in the spool and are not reported yet: the connection may end between the two, and then what is here is used later. Belongs to the
 * reader's strand.
 */
final class Receipts {
    /** Of more large mails than these the oldest are forgotten, which costs only the note. */
    static final int MOST = 64;

    private final Map<String, Receipt> byPlace = new LinkedHashMap<>();

    void put(String place, Receipt receipt) {
        if (byPlace.size() >= MOST) {
            byPlace.remove(byPlace.keySet().iterator().next());
        }
        byPlace.put(place, receipt);
    }

    /** {@return how the mail of that spool entry came, or null where that is not known} */
    @Nullable
    Receipt of(String place) {
        return byPlace.get(place);
    }
}
