<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Console</name>
    <message>
        <source>Hand-over</source>
        <translation>交接班</translation>
    </message>
</context>
<context>
    <name>Handover</name>
    <message>
        <source>(no notes)</source>
        <translation>（无备注）</translation>
    </message>
    <message>
        <source>As a PDF with the map as it is seen now.</source>
        <translation>生成 PDF，附当前地图。</translation>
    </message>
    <message>
        <source>As of</source>
        <translation>截至时间</translation>
    </message>
    <message>
        <source>As of {at}</source>
        <translation>截至 {at}</translation>
    </message>
    <message>
        <source>Being read…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>Choose a signed hand-over at the left first.</source>
        <translation>请先在左侧选择一份已签名的交接班记录。</translation>
    </message>
    <message>
        <source>Duty leader</source>
        <translation>带班领导</translation>
    </message>
    <message>
        <source>Duty level</source>
        <translation>勤务等级</translation>
    </message>
    <message>
        <source>Equipment out</source>
        <translation>未归还装备</translation>
    </message>
    <message>
        <source>Faults</source>
        <translation>故障</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>From and to</source>
        <translation>交班 → 接班</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>交班签名</translation>
    </message>
    <message>
        <source>Hand the shift over</source>
        <translation>交班签名</translation>
    </message>
    <message>
        <source>Hand-over</source>
        <translation>交接班</translation>
    </message>
    <message>
        <source>Hand-overs</source>
        <translation>历次交接班</translation>
    </message>
    <message>
        <source>Handed over by</source>
        <translation>交班人</translation>
    </message>
    <message>
        <source>How it stands</source>
        <translation>情况</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>No alarm is open</source>
        <translation>无未消告警</translation>
    </message>
    <message>
        <source>No call is open</source>
        <translation>无未结警情</translation>
    </message>
    <message>
        <source>No equipment is out</source>
        <translation>无未归还装备</translation>
    </message>
    <message>
        <source>No fault is known</source>
        <translation>无已知故障</translation>
    </message>
    <message>
        <source>No point is left open</source>
        <translation>无未到点位</translation>
    </message>
    <message>
        <source>Nobody has signed for handing over yet.</source>
        <translation>交班人尚未签名。</translation>
    </message>
    <message>
        <source>Notes for the next shift</source>
        <translation>交班备注</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>当前</translation>
    </message>
    <message>
        <source>Open alarms</source>
        <translation>未消告警</translation>
    </message>
    <message>
        <source>Open calls</source>
        <translation>未结警情</translation>
    </message>
    <message>
        <source>Owed to the city</source>
        <translation>待报市局</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>Points still open</source>
        <translation>未到点位</translation>
    </message>
    <message>
        <source>Post</source>
        <translation>警务站</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>打印</translation>
    </message>
    <message>
        <source>Print the hand-over</source>
        <translation>打印交接班记录</translation>
    </message>
    <message>
        <source>Service number</source>
        <translation>警号</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>班次</translation>
    </message>
    <message>
        <source>Shift hand-over</source>
        <translation>交接班记录</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>Signed. Now the officer who takes over signs with I.</source>
        <translation>已签名交班。请接班人按 I 键签名。</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>起始</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>接班签名</translation>
    </message>
    <message>
        <source>Take the shift over</source>
        <translation>接班签名</translation>
    </message>
    <message>
        <source>Taken over by</source>
        <translation>接班人</translation>
    </message>
    <message>
        <source>The city has everything</source>
        <translation>已全部上报</translation>
    </message>
    <message>
        <source>The hand-over stands in {path}.</source>
        <translation>交接班记录已保存到 {path}。</translation>
    </message>
    <message>
        <source>The map at {time}</source>
        <translation>{time} 的地图</translation>
    </message>
    <message>
        <source>The map could not be pictured.</source>
        <translation>未能取得地图画面。</translation>
    </message>
    <message>
        <source>This needs the right: {right}</source>
        <translation>需要“{right}”权限</translation>
    </message>
    <message>
        <source>Unknown: {reason}</source>
        <translation>不详：{reason}</translation>
    </message>
    <message>
        <source>What is handed over</source>
        <translation>交接事项</translation>
    </message>
    <message>
        <source>What the next shift must know: orders, people, keys, vehicles…</source>
        <translation>接班人须知：上级指令、在站人员、钥匙、车辆……</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Write notes</source>
        <translation>写备注</translation>
    </message>
    <message>
        <source>You are {name} {number}. With your password you sign what is open now, and your notes.</source>
        <translation>您是 {name} {number}。输入口令，即对当前未结事项和交班备注签名。</translation>
    </message>
    <message>
        <source>and {n} more</source>
        <translation>另有 {n} 项</translation>
    </message>
    <message>
        <source>from {outgoing} to {incoming}</source>
        <translation>交班 {outgoing}，接班 {incoming}</translation>
    </message>
    <message>
        <source>not signed</source>
        <translation>未签名</translation>
    </message>
    <message>
        <source>not signed yet</source>
        <translation>尚未签名</translation>
    </message>
    <message>
        <source>not taken over</source>
        <translation>未接班</translation>
    </message>
    <message>
        <source>taken over</source>
        <translation>已接班</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>不详</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>待接班</translation>
    </message>
    <message>
        <source>{name} hands over. You sign with your own number and password, and sit here from then on.</source>
        <translation>{name} 交班。请用本人警号和口令签名，签名后由您在岗。</translation>
    </message>
    <message>
        <source>{name} has signed at {time}. The officer who takes over presses I and signs.</source>
        <translation>{name} 已于 {time} 签名交班。请接班人按 I 键签名接班。</translation>
    </message>
    <message>
        <source>{name} has taken the shift over; the city is told.</source>
        <translation>{name} 已接班，将上报市局。</translation>
    </message>
    <message>
        <source>{n} characters too many</source>
        <translation>超出 {n} 字</translation>
    </message>
    <message>
        <source>{n} in all</source>
        <translation>共 {n} 项</translation>
    </message>
    <message>
        <source>{n} need a look</source>
        <translation>{n} 项需关注</translation>
    </message>
</context>
</TS>
