package ekiden.model.definition;

/** What a job does. */
public sealed interface Work permits ReceiveMail, RunCommand, SendMail {}
