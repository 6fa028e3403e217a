package ekiden.main;

import ekiden.agent.AgentMessage;
import ekiden.cli.CliMessage;
import ekiden.config.SettingsMessage;
import ekiden.definition.DefinitionMessage;
import ekiden.engine.EngineMessage;
import ekiden.http.ApiMessage;
import ekiden.http.client.ClientMessage;
import ekiden.mail.address.AddressMessage;
import ekiden.mail.mime.MimeMessage;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.mail.receive.smtpd.SmtpdMessage;
import ekiden.mail.save.SaveMessage;
import ekiden.mail.send.ComposeMessage;
import ekiden.mail.send.SendMessage;
import ekiden.mail.spool.SpoolMessage;
import ekiden.manager.ManagerMessage;
import ekiden.message.MessageMessage;
import ekiden.message.Messages;
import ekiden.store.StoreMessage;
import ekiden.timer.TimerMessage;
import ekiden.wait.WaitMessage;
import java.util.List;

/** The message catalogue with the ids of every area; an area is loaded only when it is asked for. */
final class Catalogue {
    private Catalogue() {}

    static Messages messages() {
        return new Messages(List.of(
                SettingsMessage::values,
                DefinitionMessage::values,
                EngineMessage::values,
                ManagerMessage::values,
                AgentMessage::values,
                SmtpdMessage::values,
                ReceiveMessage::values,
                SpoolMessage::values,
                MimeMessage::values,
                SaveMessage::values,
                SendMessage::values,
                AddressMessage::values,
                ComposeMessage::values,
                StoreMessage::values,
                TimerMessage::values,
                ApiMessage::values,
                ClientMessage::values,
                CliMessage::values,
                MailCommandMessage::values,
                WaitMessage::values,
                MessageMessage::values));
    }
}
