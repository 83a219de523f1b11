"""What the kinds of messages are called; a kind that is not known is shown as it is, as "other"."""

from __future__ import annotations

from collections.abc import Mapping

from console.core.words import Words

KIND_WORDS: Mapping[str, Words] = {
    "call.created": Words("新警单", "new call"),
    "call.updated": Words("警单变更", "call changed"),
    "call.cancelled": Words("警单撤销", "call cancelled"),
    "call.received": Words("接警", "call taken"),
    "call.signed": Words("签收", "signed"),
    "call.dispatched": Words("派警", "dispatched"),
    "call.feedback": Words("反馈", "feedback"),
    "call.closed": Words("结案", "closed"),
    "call.refused": Words("退单", "call returned"),
    "unit.departed": Words("出警", "departed"),
    "unit.arrived": Words("到场", "arrived"),
    "unit.status": Words("警力状态", "unit status"),
    "unit.position": Words("警力位置", "unit position"),
    "order.issued": Words("指令", "order"),
    "duty_level.set": Words("勤务等级", "duty level"),
    "alert.raised": Words("预警", "alert"),
    "intel.published": Words("通报", "bulletin"),
    "reinforce.requested": Words("增援请求", "reinforcement asked"),
    "reinforce.answered": Words("增援答复", "reinforcement answered"),
    "plan.changed": Words("方案变更", "plan changed"),
    "reference.changed": Words("代码表变更", "code table changed"),
    "person.revoked": Words("人员撤权", "person revoked"),
    "audit.checkpoint": Words("审计检查点", "audit checkpoint"),
    "roster.published": Words("排班", "roster"),
    "shift.handed_over": Words("交接班", "hand-over"),
    "visit.recorded": Words("来访登记", "visit"),
    "alarm.raised": Words("报警", "alarm"),
    "alarm.acknowledged": Words("报警确认", "alarm acknowledged"),
    "alarm.cleared": Words("报警解除", "alarm cleared"),
}


def kind_words(kind: str) -> Words:
    """The words for a kind of message."""
    return KIND_WORDS.get(kind) or Words(f"其他({kind})", f"other ({kind})")
