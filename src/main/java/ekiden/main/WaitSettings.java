package ekiden.main;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.cli.WaitRequest;
import ekiden.disk.Disk;
import ekiden.mail.save.NameTemplate;
import ekiden.wait.FlatFiles;
import ekiden.wait.FolderFiles;
import ekiden.wait.NoFiles;
import ekiden.wait.WaitFiles;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Objects;
import java.util.function.Supplier;

/** What the options of {@code mail wait} about files mean. */
final class WaitSettings {
    static final String BODY_NAME = "{n}.txt";
    static final String ATTACHMENT_NAME = "{n}-{i}-{name}";

    private WaitSettings() {}

    /** A folder per mail, or all files side by side where a template is given; nothing where no folder is. */
    static Result<WaitFiles> files(WaitRequest request, Disk disk, Supplier<ZoneId> zone) {
        Path save = request.save();
        boolean flat = request.bodyName() != null || request.attachmentName() != null;
        if (save == null) {
            return flat ? Result.failed(Problem.of(MailCommandMessage.NO_SAVE)) : Result.ok(new NoFiles());
        }
        Path folder = save.toAbsolutePath().normalize();
        if (!flat) {
            return Result.ok(new FolderFiles(disk, folder, zone));
        }
        String body = Objects.requireNonNullElse(request.bodyName(), BODY_NAME);
        String attachment = Objects.requireNonNullElse(request.attachmentName(), ATTACHMENT_NAME);
        return NameTemplate.parse(body, NameTemplate.OF_MAIL)
                .then(ofBody -> NameTemplate.parse(attachment, NameTemplate.OF_ATTACHMENT)
                        .then(ofAttachment -> Result.ok(new FlatFiles(disk, folder, ofBody, ofAttachment, zone))));
    }
}
