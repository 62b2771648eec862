from enum import StrEnum


class Deed(StrEnum):
    """Everything the journal knows. The words stand in lines that never change: add new ones, and let old ones be."""

    GENERATION_START = "generation.start"
    GENERATION_CANCEL = "generation.cancel"
    GENERATION_MOVE = "generation.move"  # nobody took it on there: another account is asked
    GENERATION_STOP = "generation.stop"  # nobody waits for it any longer; a late result is still kept

    UNKNOWN_CHECK = "unknown.check"
    UNKNOWN_CAME = "unknown.came"
    UNKNOWN_NOT_CAME = "unknown.not_came"
    UNKNOWN_RESEND = "unknown.resend"  # may be paid twice, and somebody said so

    IMAGE_TRASH = "image.trash"
    IMAGE_RESTORE = "image.restore"
    IMAGE_PURGE = "image.purge"
    IMAGE_SHARE = "image.share"
    REVIEW_ASK = "review.ask"
    REVIEW_DECIDE = "review.decide"
    COMMENT_ADD = "comment.add"
    COMMENT_RESOLVE = "comment.resolve"
    COMMENT_REMOVE = "comment.remove"
    SHARE_ADD = "share.add"  # a link for people outside
    SHARE_CHANGE = "share.change"  # how long it works
    SHARE_REVOKE = "share.revoke"
    EXPORT = "export"

    ACCOUNT_ADD = "account.add"  # provider accounts
    ACCOUNT_CHANGE = "account.change"
    KEY_CHANGE = "key.change"
    KEYS_ROTATE = "keys.rotate"
    ENGINE_CHANGE = "engine.change"
    SPEND_ALLOW = "spend.allow"  # a request above what the team may spend unasked
    SPEND_DECLINE = "spend.decline"
    WEBHOOK_ADD = "webhook.add"
    WEBHOOK_CHANGE = "webhook.change"
    BUDGET_CHANGE = "budget.change"
    POLICY_CHANGE = "policy.change"

    STUDIO_FOUND = "studio.found"
    TEAM_ADD = "team.add"
    TEAM_CHANGE = "team.change"
    PERSON_ADD = "person.add"
    PERSON_CHANGE = "person.change"
    PERSON_INVITE = "person.invite"
    PERSON_JOIN = "person.join"
    INVITATION_WITHDRAW = "invitation.withdraw"
    ROLE_CHANGE = "role.change"
    MEMBER_LEAVE = "member.leave"
    MEMBER_REMOVE = "member.remove"
    SESSIONS_END = "sessions.end"
    TOKEN_ADD = "token.add"  # noqa: S105  # a name, not a password
    TOKEN_REVOKE = "token.revoke"  # noqa: S105
    SIGN_IN = "sign-in"
    SIGN_IN_FAILED = "sign-in.failed"

    STUDIO_NIGHT = "studio.night"  # a worker has begun with what is done every night
    STUDIO_CHECK = "studio.check"  # rows, files, money and journal were compared; how many findings
    BACKUP = "backup"
    RESTORE = "restore"  # the studio itself, from a backup
