package ekiden.model.mail;

/**
 * What a mail at a server looks like without its body; kept so that it can be told from another one: before something is removed,
 * when the folder's UIDs were given anew, and when the same mail is put there again under another UID. Holds no text of the mail.
 *
 * @param size bytes, as the server counts them
 * @param header SHA-256 of the header block, 64 hexadecimal digits in lower case
 */
public record Trace(long size, String header) {
    @Override
    public String toString() {
        return size + ":" + header;
    }
}
