<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Road</name>
    <message>
        <source>Away since {time} ({age})</source>
        <translation>自 {time} 起断开（{age}）</translation>
    </message>
    <message>
        <source>Calls and alarms</source>
        <translation>警情与报警</translation>
    </message>
    <message>
        <source>City alarm</source>
        <translation>市局告警</translation>
    </message>
    <message>
        <source>City away</source>
        <translation>市局断开</translation>
    </message>
    <message>
        <source>City in touch</source>
        <translation>市局已连，已同步</translation>
    </message>
    <message>
        <source>City, sending</source>
        <translation>市局已连，待同步</translation>
    </message>
    <message>
        <source>City, something set aside</source>
        <translation>市局已连，有搁置</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>正在连接</translation>
    </message>
    <message>
        <source>Crews and daily work</source>
        <translation>警力与日常</translation>
    </message>
    <message>
        <source>Custody and audit</source>
        <translation>保管与审计</translation>
    </message>
    <message>
        <source>In touch since {time} ({age})</source>
        <translation>自 {time} 起已连接（{age}）</translation>
    </message>
    <message>
        <source>Last contact {contact} · last acknowledged {ack}</source>
        <translation>最近联络 {contact} · 最近确认 {ack}</translation>
    </message>
    <message>
        <source>No city set</source>
        <translation>未设市局</translation>
    </message>
    <message>
        <source>Nothing waits to be sent</source>
        <translation>没有待同步的数据</translation>
    </message>
    <message>
        <source>Positions</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Road to the city</source>
        <translation>市局通道</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停发</translation>
    </message>
    <message>
        <source>{count} waiting, the oldest for {age}</source>
        <translation>待同步 {count} 条，最早的已等 {age}</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>恢复发送</translation>
    </message>
    <message>
        <source>Let it send again …</source>
        <translation>恢复发送…</translation>
    </message>
    <message>
        <source>Let it send again?</source>
        <translation>恢复发送？</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>{lanes}: the city's copy and ours did not agree. Go on only when the city has mended its side. The reason is recorded.</source>
        <translation>{lanes}：市局与本站的记录不一致。请在市局修复后再恢复，原因将记入审计。</translation>
    </message>
    <message>
        <source>nothing kept aside</source>
        <translation>无搁置</translation>
    </message>
    <message>
        <source>{n} kept aside: show (Ctrl+3)</source>
        <translation>搁置 {n} 条，查看（Ctrl+3）</translation>
    </message>
</context>
<context>
    <name>Aside</name>
    <message>
        <source>the post itself</source>
        <translation>本站系统</translation>
    </message>
    <message>
        <source>The content breaks the agreed form. Edit it and send it again.</source>
        <translation>内容不符合约定的格式，请改正后再发。</translation>
    </message>
    <message>
        <source>The city does not know this kind of report yet.</source>
        <translation>市局还不认识这种上报。</translation>
    </message>
    <message>
        <source>The city speaks another version of the road.</source>
        <translation>市局的协议版本与本站不同。</translation>
    </message>
    <message>
        <source>It was altered on its way or here. Send it again.</source>
        <translation>内容在途中或本机被改动，请重发。</translation>
    </message>
    <message>
        <source>The city has another report under this number.</source>
        <translation>市局已有同编号的另一条上报。</translation>
    </message>
    <message>
        <source>The city has a newer state of it already.</source>
        <translation>市局已有更新的状态。</translation>
    </message>
    <message>
        <source>The audit trail is not the one that the city has countersigned.</source>
        <translation>审计链与市局已联署的不符。</translation>
    </message>
    <message>
        <source>An earlier report about the same is not settled yet.</source>
        <translation>同一对象更早的一条尚未处理。</translation>
    </message>
    <message>
        <source>Another reason: {code}</source>
        <translation>其他原因：{code}</translation>
    </message>
    <message>
        <source>Put right and send: {what}</source>
        <translation>改正并重发：{what}</translation>
    </message>
    <message>
        <source>A new report takes the old one's place; the old one is kept. The city said: {told}</source>
        <translation>将以一条新上报代替原来的一条，原来的保留备查。市局的答复：{told}</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>The chosen one</source>
        <translation>所选的一条</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重发</translation>
    </message>
    <message>
        <source>Edit and send …</source>
        <translation>改正并重发…</translation>
    </message>
    <message>
        <source>Discard …</source>
        <translation>作废…</translation>
    </message>
    <message>
        <source>Show its call</source>
        <translation>看警单</translation>
    </message>
    <message>
        <source>Show the crew</source>
        <translation>看警力</translation>
    </message>
    <message>
        <source>Take again</source>
        <translation>再次接收</translation>
    </message>
    <message>
        <source>None is chosen</source>
        <translation>未选择</translation>
    </message>
    <message>
        <source>Of the same, waiting for it: {n}</source>
        <translation>同一对象、等它先行的：{n}</translation>
    </message>
    <message>
        <source>nothing of ours</source>
        <translation>与本站无关</translation>
    </message>
    <message>
        <source>Belongs to</source>
        <translation>所属</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>起始</translation>
    </message>
    <message>
        <source>Lane</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>By</source>
        <translation>经办</translation>
    </message>
    <message>
        <source>The city says</source>
        <translation>市局答复</translation>
    </message>
    <message>
        <source>That means</source>
        <translation>意思是</translation>
    </message>
    <message>
        <source>Why it was not taken</source>
        <translation>未接收原因</translation>
    </message>
    <message>
        <source>Exactly</source>
        <translation>具体</translation>
    </message>
    <message>
        <source>It came from the city and could not be taken; nothing was changed.</source>
        <translation>市局发来而未能接收，本站数据未变。</translation>
    </message>
    <message>
        <source>As it came</source>
        <translation>原文</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>What it says</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>It says nothing</source>
        <translation>没有内容</translation>
    </message>
    <message>
        <source>What</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>写入</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>waits, not sent</source>
        <translation>等待，未发送</translation>
    </message>
    <message>
        <source>waits, came back</source>
        <translation>等待，已退回</translation>
    </message>
    <message>
        <source>refused as well</source>
        <translation>也被拒收</translation>
    </message>
    <message>
        <source>Nothing waits behind it</source>
        <translation>没有在等它的</translation>
    </message>
    <message>
        <source>Nothing is set aside</source>
        <translation>没有搁置的数据</translation>
    </message>
    <message>
        <source>All that was sent or came so far has passed.</source>
        <translation>至今收发的都已通过。</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>搁置与隔离</translation>
    </message>
    <message>
        <source>{n} to settle</source>
        <translation>待处理 {n} 条</translation>
    </message>
    <message>
        <source>{n} wait behind them</source>
        <translation>另有 {n} 条在等待</translation>
    </message>
    <message>
        <source>Sent again: {n}</source>
        <translation>已重发 {n} 条</translation>
    </message>
    <message>
        <source>It was taken now</source>
        <translation>已接收</translation>
    </message>
    <message>
        <source>There is no published form of this kind; retry or discard it.</source>
        <translation>这种上报没有格式说明，请重发或作废。</translation>
    </message>
    <message>
        <source>Put right and sent: {n}</source>
        <translation>已改正并重发 {n} 条</translation>
    </message>
    <message>
        <source>Discard “{what}” for good?</source>
        <translation>确定作废“{what}”？</translation>
    </message>
    <message>
        <source>It will not be sent or taken any more; what waits behind it goes. The reason is recorded.</source>
        <translation>不再发送或接收；在等它的会接着发出。理由将记入审计。</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>作废</translation>
    </message>
    <message>
        <source>Discarded</source>
        <translation>已作废</translation>
    </message>
    <message>
        <source>Way</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>↑ to the city</source>
        <translation>↑ 上报</translation>
    </message>
    <message>
        <source>↓ from it</source>
        <translation>↓ 下发</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待</translation>
    </message>
</context>
</TS>
