<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Radio</name>
    <message>
        <source>; {n} more</source>
        <translation>；另有 {n} 条</translation>
    </message>
    <message>
        <source>A channel is a group on one of the post's own radios, by its number there.</source>
        <translation>信道就是本站某部电台上的一个通话组，按电台里的组号填写。</translation>
    </message>
    <message>
        <source>Add one with + once a radio stands on the page of the wires.</source>
        <translation>先在“链路”页设置好电台，再按 + 添加。</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Asking for the permit …</source>
        <translation>正在申请话权……</translation>
    </message>
    <message>
        <source>At most {n} characters.</source>
        <translation>最多 {n} 个字。</translation>
    </message>
    <message>
        <source>Behind</source>
        <translation>所在链路</translation>
    </message>
    <message>
        <source>By</source>
        <translation>经办</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>警单</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>信道</translation>
    </message>
    <message>
        <source>Channel added: {name}</source>
        <translation>已添加信道：{name}</translation>
    </message>
    <message>
        <source>Channel changed: {name}</source>
        <translation>已修改信道：{name}</translation>
    </message>
    <message>
        <source>Channel moved: {name}</source>
        <translation>已移动信道：{name}</translation>
    </message>
    <message>
        <source>Channel removed: {name}</source>
        <translation>已删除信道：{name}</translation>
    </message>
    <message>
        <source>Channel: {name}</source>
        <translation>当前信道：{name}</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>信道</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>确认</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>Confirmed: {name} calls for help</source>
        <translation>已确认：{name} 求援</translation>
    </message>
    <message>
        <source>Crew</source>
        <translation>巡逻组</translation>
    </message>
    <message>
        <source>Crews' radios</source>
        <translation>各组电台</translation>
    </message>
    <message>
        <source>Cut: the microphone was open too long. Let the key go.</source>
        <translation>已切断：话筒开得太久，请松开按键。</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>声音设备</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Emergency</source>
        <translation>紧急</translation>
    </message>
    <message>
        <source>English word</source>
        <translation>英文名称</translation>
    </message>
    <message>
        <source>Every message, status, talk and check stands here.</source>
        <translation>每条短消息、状态、通话和呼检都记在这里。</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Foot switch</source>
        <translation>脚踏开关</translation>
    </message>
    <message>
        <source>Foot switch saved</source>
        <translation>脚踏开关已设置</translation>
    </message>
    <message>
        <source>From the radio</source>
        <translation>电台送来的声音</translation>
    </message>
    <message>
        <source>Group number</source>
        <translation>组号</translation>
    </message>
    <message>
        <source>Group {group}</source>
        <translation>组号 {group}</translation>
    </message>
    <message>
        <source>Hang time</source>
        <translation>等待回话</translation>
    </message>
    <message>
        <source>Hear</source>
        <translation>听录音</translation>
    </message>
    <message>
        <source>Heard</source>
        <translation>收到</translation>
    </message>
    <message>
        <source>Hold to talk</source>
        <translation>按住通话</translation>
    </message>
    <message>
        <source>Input, from 1</source>
        <translation>输入口（从 1 数）</translation>
    </message>
    <message>
        <source>It stands in the log of call {number}.</source>
        <translation>记入警单 {number}。</translation>
    </message>
    <message>
        <source>Keep open</source>
        <translation>锁定通话</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Last heard</source>
        <translation>最后收到</translation>
    </message>
    <message>
        <source>Let go to end</source>
        <translation>松开结束</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>通信记录</translation>
    </message>
    <message>
        <source>Loudspeaker</source>
        <translation>扬声器</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>含义</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>短消息</translation>
    </message>
    <message>
        <source>Message to the channel</source>
        <translation>发给信道</translation>
    </message>
    <message>
        <source>Message to {name}</source>
        <translation>发给 {name} 的短消息</translation>
    </message>
    <message>
        <source>Message to {name} is on its way</source>
        <translation>发给 {name} 的短消息正在发送</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>话筒</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>New channel</source>
        <translation>新信道</translation>
    </message>
    <message>
        <source>New status</source>
        <translation>新状态</translation>
    </message>
    <message>
        <source>No call is open at the desk.</source>
        <translation>值班台没有打开的警单。</translation>
    </message>
    <message>
        <source>No channel is set up</source>
        <translation>还没有设置信道</translation>
    </message>
    <message>
        <source>No crew carries a radio that is known here</source>
        <translation>还没有登记哪个组带哪部电台</translation>
    </message>
    <message>
        <source>No permit: {why}</source>
        <translation>不能通话：{why}</translation>
    </message>
    <message>
        <source>No radio of the post is set up: see the page of the wires.</source>
        <translation>本站还没有设置电台，请到“链路”页设置。</translation>
    </message>
    <message>
        <source>No sound device on this machine: voice is neither heard nor recorded. Talk with the radio's own microphone.</source>
        <translation>本机没有声音设备：听不到话音，也不录音。请用电台自带的话筒通话。</translation>
    </message>
    <message>
        <source>No voice was recorded that could be heard.</source>
        <translation>没有可以回放的话音。</translation>
    </message>
    <message>
        <source>Not confirmed</source>
        <translation>待确认</translation>
    </message>
    <message>
        <source>Nothing is being recorded.</source>
        <translation>当前没有录音。</translation>
    </message>
    <message>
        <source>Nothing was said about the open call</source>
        <translation>这张警单还没有通信记录</translation>
    </message>
    <message>
        <source>Nothing was said over the radio yet</source>
        <translation>还没有通信记录</translation>
    </message>
    <message>
        <source>Nothing was said with this crew yet</source>
        <translation>与该组还没有通信记录</translation>
    </message>
    <message>
        <source>Over</source>
        <translation>通话结束</translation>
    </message>
    <message>
        <source>Quiet</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>Radio</source>
        <translation>电台</translation>
    </message>
    <message>
        <source>Radio check</source>
        <translation>呼检</translation>
    </message>
    <message>
        <source>Radio check: {name}</source>
        <translation>正在呼检：{name}</translation>
    </message>
    <message>
        <source>Radio lost</source>
        <translation>电台断开</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>已读</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>可以通话</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>回放</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>已送达</translation>
    </message>
    <message>
        <source>Receiving</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>Recording of {time}</source>
        <translation>正在播放 {time} 的录音</translation>
    </message>
    <message>
        <source>Remove; the log stays</source>
        <translation>删除（通信记录保留）</translation>
    </message>
    <message>
        <source>Said</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Said last</source>
        <translation>最近一条</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>发送中</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>已发出</translation>
    </message>
    <message>
        <source>Sound device cannot be opened at 8 kHz: {name}</source>
        <translation>声音设备不支持 8 kHz：{name}</translation>
    </message>
    <message>
        <source>Sound device not there: {names}</source>
        <translation>声音设备未接入：{names}</translation>
    </message>
    <message>
        <source>Sound devices chosen</source>
        <translation>声音设备已设置</translation>
    </message>
    <message>
        <source>Sound devices of the voice</source>
        <translation>话音用的声音设备</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Status to {name}</source>
        <translation>发给 {name} 的状态</translation>
    </message>
    <message>
        <source>Status to {name} is on its way</source>
        <translation>发给 {name} 的状态正在发送</translation>
    </message>
    <message>
        <source>Statuses</source>
        <translation>状态表</translation>
    </message>
    <message>
        <source>Talk</source>
        <translation>通话</translation>
    </message>
    <message>
        <source>Talk now</source>
        <translation>请讲话</translation>
    </message>
    <message>
        <source>Talking</source>
        <translation>讲话</translation>
    </message>
    <message>
        <source>Talking, kept open</source>
        <translation>讲话中（已锁定）</translation>
    </message>
    <message>
        <source>Talks</source>
        <translation>讲话人</translation>
    </message>
    <message>
        <source>The call chosen on the desk is the open one.</source>
        <translation>值班台上选中的警单就是当前警单。</translation>
    </message>
    <message>
        <source>The chosen crew</source>
        <translation>选中的组</translation>
    </message>
    <message>
        <source>The last {n} s of voice can be recalled.</source>
        <translation>可回放最近 {n} 秒的话音。</translation>
    </message>
    <message>
        <source>The microphone cannot be opened: nobody hears you. Check it.</source>
        <translation>话筒打不开，对方听不到您讲话，请检查话筒。</translation>
    </message>
    <message>
        <source>The open call</source>
        <translation>当前警单</translation>
    </message>
    <message>
        <source>The radio did not stop sending: look at the radio itself!</source>
        <translation>电台没有停止发射：请立即查看电台！</translation>
    </message>
    <message>
        <source>The radio's loudspeaker goes into a line input of this machine, a line output goes to its microphone.</source>
        <translation>电台的扬声器接本机线路输入，本机线路输出接电台的话筒。</translation>
    </message>
    <message>
        <source>The radio's voice is not wired to this machine; choose its sound devices with V.</source>
        <translation>电台的话音没有接到本机；按 V 选择声音设备。</translation>
    </message>
    <message>
        <source>The site's table of radio statuses</source>
        <translation>本地电台状态表</translation>
    </message>
    <message>
        <source>The table of statuses counts from now on</source>
        <translation>状态表已生效</translation>
    </message>
    <message>
        <source>The table of statuses has none for sending.</source>
        <translation>状态表里没有可发送的状态。</translation>
    </message>
    <message>
        <source>The technician enters the crews' radios at the wire of the radio (F8).</source>
        <translation>由技术员在“链路”页（F8）的电台链路里登记各组电台号。</translation>
    </message>
    <message>
        <source>This line has no recording.</source>
        <translation>这条记录没有录音。</translation>
    </message>
    <message>
        <source>This machine has no sound device. Connect one, then choose it here.</source>
        <translation>本机没有声音设备。接好后再来这里选择。</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>To the call</source>
        <translation>看警单</translation>
    </message>
    <message>
        <source>To the radio</source>
        <translation>送往电台的声音</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Unit on the wire</source>
        <translation>链路上的从站号</translation>
    </message>
    <message>
        <source>Value (hexadecimal)</source>
        <translation>状态码（十六进制）</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>话音</translation>
    </message>
    <message>
        <source>Waiting in the queue …</source>
        <translation>排队等待话权……</translation>
    </message>
    <message>
        <source>What a radio's status value means at this post; it counts from now on.</source>
        <translation>电台发来的状态码在本站是什么意思；保存后立即生效。</translation>
    </message>
    <message>
        <source>What radios send and what it means here.</source>
        <translation>电台发来的状态码和它在本站的含义。</translation>
    </message>
    <message>
        <source>While the input is closed the post talks on the chosen channel. A wire that is lost lets the key go.</source>
        <translation>输入口闭合期间，本站在当前信道讲话。链路断开时视为松开。</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>对方</translation>
    </message>
    <message>
        <source>Wire</source>
        <translation>链路</translation>
    </message>
    <message>
        <source>Word</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>another one talks</source>
        <translation>别人正在讲话</translation>
    </message>
    <message>
        <source>answered after {n} s</source>
        <translation>有应答，{n} 秒</translation>
    </message>
    <message>
        <source>channel busy</source>
        <translation>信道忙</translation>
    </message>
    <message>
        <source>cut: open too long</source>
        <translation>已切断：话筒开得太久</translation>
    </message>
    <message>
        <source>did not stop sending</source>
        <translation>没有停止发射</translation>
    </message>
    <message>
        <source>emergency button</source>
        <translation>紧急按键</translation>
    </message>
    <message>
        <source>emergency call</source>
        <translation>紧急呼叫</translation>
    </message>
    <message>
        <source>ended by the network</source>
        <translation>被网络结束</translation>
    </message>
    <message>
        <source>heard {age} ago</source>
        <translation>{age}前收到</translation>
    </message>
    <message>
        <source>memory of the radio full</source>
        <translation>对方电台存储已满</translation>
    </message>
    <message>
        <source>message</source>
        <translation>短消息</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>无应答</translation>
    </message>
    <message>
        <source>no foot switch</source>
        <translation>不用脚踏开关</translation>
    </message>
    <message>
        <source>no voice</source>
        <translation>无话音</translation>
    </message>
    <message>
        <source>not heard yet</source>
        <translation>还没收到过</translation>
    </message>
    <message>
        <source>not known: the console was restarted</source>
        <translation>结果不明：指挥台重启过</translation>
    </message>
    <message>
        <source>not reachable</source>
        <translation>联系不上</translation>
    </message>
    <message>
        <source>not wired</source>
        <translation>未接</translation>
    </message>
    <message>
        <source>offered for sending</source>
        <translation>可由值班台发送</translation>
    </message>
    <message>
        <source>opens when it is pressed</source>
        <translation>踩下时断开（常闭）</translation>
    </message>
    <message>
        <source>position</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>radio check</source>
        <translation>呼检</translation>
    </message>
    <message>
        <source>refused by the radio</source>
        <translation>电台拒绝</translation>
    </message>
    <message>
        <source>sign of life</source>
        <translation>在线信号</translation>
    </message>
    <message>
        <source>status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>take this row out</source>
        <translation>删除这一行</translation>
    </message>
    <message>
        <source>the machine's own</source>
        <translation>本机默认</translation>
    </message>
    <message>
        <source>the post</source>
        <translation>本站</translation>
    </message>
    <message>
        <source>the radio's wire is gone</source>
        <translation>电台链路断开</translation>
    </message>
    <message>
        <source>this radio cannot do that</source>
        <translation>这部电台不支持</translation>
    </message>
    <message>
        <source>too much was waiting</source>
        <translation>等待的太多</translation>
    </message>
    <message>
        <source>unknown status {code}</source>
        <translation>未知状态 {code}</translation>
    </message>
    <message>
        <source>voice</source>
        <translation>话音</translation>
    </message>
    <message>
        <source>{age} ago · {how}</source>
        <translation>{age}前 · {how}</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n} 分</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} 秒</translation>
    </message>
    <message>
        <source>{time}  {who}: {what}</source>
        <translation>{time}  {who}：{what}</translation>
    </message>
    <message>
        <source>{told} · cut in {n} s</source>
        <translation>{told} · {n} 秒后切断</translation>
    </message>
    <message>
        <source>{told}, {n} times</source>
        <translation>{told}，{n} 次</translation>
    </message>
    <message>
        <source>{who} calls for help: {what}, {time}, {channel}</source>
        <translation>{who} 求援：{what}，{time}，{channel}</translation>
    </message>
</context>
</TS>
