package ekiden.mail.smime;

import ekiden.base.Clock;
import ekiden.mail.mime.Signature;
import ekiden.mail.mime.Smime;
import java.io.IOException;
import java.util.List;

/** S/MIME by Bouncy Castle, whose classes come with the first mail that needs them: a start does not see them. Safe from any thread. */
public final class BouncySmime implements Smime {
    private final SmimeKeys keys;
    private final Clock clock;

    /**
     * @param keys what is opened with, and who is trusted
     * @param clock tells until when a certificate is good
     */
    public BouncySmime(SmimeKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public Smime forOneMail() {
        return new OneMail(new PathRoom(SmimeLimits.LOOKED_AT));
    }

    @Override
    public Opened open(byte[] wrapped) {
        return forOneMail().open(wrapped);
    }

    @Override
    public List<Signature> check(Content content, byte[] signature) throws IOException {
        return forOneMail().check(content, signature);
    }

    /** What is counted for all of a mail. */
    private final class OneMail implements Smime {
        private final PathRoom room;

        OneMail(PathRoom room) {
            this.room = room;
        }

        @Override
        public Opened open(byte[] wrapped) {
            return new Cms(keys, clock, room).open(wrapped);
        }

        @Override
        public List<Signature> check(Content content, byte[] signature) throws IOException {
            return new Cms(keys, clock, room).check(content, signature);
        }
    }
}
