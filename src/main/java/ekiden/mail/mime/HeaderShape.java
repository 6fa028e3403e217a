package ekiden.mail.mime;

/**
 * Whether all readers see the same fields in a header. Mails are read here also where their header is broken, each reader in its own way: a line break
 * that one sees and another does not, a line that belongs to no field, a mark in front of the first name. What somebody has vouched for (a signature,
 * the server's own field) would then be shown beside fields that he never saw. So proofs count only for a header that has one reading (RFC 5322 §2.2).
 */
public final class HeaderShape {
    private HeaderShape() {}

    /**
     * @param bytes a header, from the first byte of the mail
     * @param end behind its last line; an empty line ends it earlier
     * @return whether each line ends with CRLF or LF, has no other CR, and begins a field or goes on with one
     */
    public static boolean hasOneReading(byte[] bytes, int end) {
        int at = 0;
        while (at < end) {
            int next = at;
            while (next < end && bytes[next] != '\n') {
                next++;
            }
            int to = next > at && bytes[next - 1] == '\r' ? next - 1 : next;
            if (to == at) {
                return true;
            }
            boolean ofAField = (at > 0 && goesOn(bytes[at])) || beginsField(bytes, at, to);
            if (!ofAField || breaks(bytes, at, to)) {
                return false;
            }
            at = next + 1;
        }
        return true;
    }

    private static boolean breaks(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\r' || bytes[i] == 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean goesOn(byte first) {
        return first == ' ' || first == '\t';
    }

    /** A name, blanks, a colon; two hyphens would be taken for a boundary. */
    private static boolean beginsField(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] > ' ' && bytes[at] < 127 && bytes[at] != ':') {
            at++;
        }
        boolean named = at > from && !(to - from > 1 && bytes[from] == '-' && bytes[from + 1] == '-');
        while (at < to && goesOn(bytes[at])) {
            at++;
        }
        return named && at < to && bytes[at] == ':';
    }
}
