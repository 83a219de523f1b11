<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Alarms</name>
    <message>
        <source>Acknowledge</source>
        <translation>确认</translation>
    </message>
    <message>
        <source>Acknowledged</source>
        <translation>确认</translation>
    </message>
    <message>
        <source>Acknowledged by</source>
        <translation>确认人</translation>
    </message>
    <message>
        <source>Acknowledged: {what}</source>
        <translation>已确认：{what}</translation>
    </message>
    <message>
        <source>Alarms</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>All of today</source>
        <translation>今日全部</translation>
    </message>
    <message>
        <source>By</source>
        <translation>操作人</translation>
    </message>
    <message>
        <source>Choose one with the arrow keys.</source>
        <translation>用方向键选择一条告警。</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>解除</translation>
    </message>
    <message>
        <source>Clear by hand</source>
        <translation>人工解除</translation>
    </message>
    <message>
        <source>Clear “{what}” by hand?</source>
        <translation>人工解除“{what}”？</translation>
    </message>
    <message>
        <source>Cleared</source>
        <translation>解除时间</translation>
    </message>
    <message>
        <source>Cleared: {what}</source>
        <translation>已解除：{what}</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>Gone, not acknowledged</source>
        <translation>已恢复，未确认</translation>
    </message>
    <message>
        <source>Happened</source>
        <translation>经过</translation>
    </message>
    <message>
        <source>It is cleared by itself once the device or crew is back.</source>
        <translation>设备或警力恢复后自动解除。</translation>
    </message>
    <message>
        <source>It is over; nothing is left to do.</source>
        <translation>告警已结束，无需处理。</translation>
    </message>
    <message>
        <source>It rings until somebody acknowledges it.</source>
        <translation>确认前持续响铃。</translation>
    </message>
    <message>
        <source>Lasts</source>
        <translation>持续中</translation>
    </message>
    <message>
        <source>Make a call</source>
        <translation>转警单</translation>
    </message>
    <message>
        <source>No alarm is open</source>
        <translation>没有待处理的告警</translation>
    </message>
    <message>
        <source>No alarm is shelved</source>
        <translation>没有搁置的告警</translation>
    </message>
    <message>
        <source>No help button is set up yet.</source>
        <translation>尚未登记报警按钮。</translation>
    </message>
    <message>
        <source>None is chosen</source>
        <translation>未选择告警</translation>
    </message>
    <message>
        <source>Not acknowledged</source>
        <translation>未确认</translation>
    </message>
    <message>
        <source>Nothing is written yet</source>
        <translation>尚无记录</translation>
    </message>
    <message>
        <source>Off the shelf</source>
        <translation>取消搁置</translation>
    </message>
    <message>
        <source>Off the shelf: {what}</source>
        <translation>已取消搁置：{what}</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>待处理</translation>
    </message>
    <message>
        <source>Over</source>
        <translation>已解除</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Press</source>
        <translation>按下</translation>
    </message>
    <message>
        <source>Pressed, as a test</source>
        <translation>已模拟按下</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>级别</translation>
    </message>
    <message>
        <source>P{n}</source>
        <translation>{n} 级</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Shelve</source>
        <translation>搁置</translation>
    </message>
    <message>
        <source>Shelve “{what}”?</source>
        <translation>搁置“{what}”？</translation>
    </message>
    <message>
        <source>Shelved</source>
        <translation>已搁置</translation>
    </message>
    <message>
        <source>Shelved until</source>
        <translation>搁置至</translation>
    </message>
    <message>
        <source>Shelved until {time}: {what}</source>
        <translation>已搁置至 {time}：{what}</translation>
    </message>
    <message>
        <source>Show its call</source>
        <translation>查看警单</translation>
    </message>
    <message>
        <source>Simulated press</source>
        <translation>模拟按下</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>发生时间</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>The alarm is now call {number}; Enter shows it.</source>
        <translation>告警已转为警单 {number}；按 Enter 查看。</translation>
    </message>
    <message>
        <source>The alarm says that its input was simulated; the city hears it too.</source>
        <translation>告警会注明为模拟输入；同时上报市局。</translation>
    </message>
    <message>
        <source>The chosen alarm</source>
        <translation>所选告警</translation>
    </message>
    <message>
        <source>There was no alarm today</source>
        <translation>今日没有告警</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>截止时间</translation>
    </message>
    <message>
        <source>Until then it is silent and only stands under “Shelved”. If it lasts, it comes back by itself.</source>
        <translation>到期前不再响铃，只列在“已搁置”中；到期仍未恢复的自动重新告警。</translation>
    </message>
    <message>
        <source>What</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>What kind of call does it become?</source>
        <translation>转为哪一类警情？</translation>
    </message>
    <message>
        <source>When the matter is settled, clear it by hand with the reason.</source>
        <translation>处置完毕后请人工解除并写明原因。</translation>
    </message>
    <message>
        <source>Whose button is to be pressed, as a test?</source>
        <translation>模拟按下哪个按钮？</translation>
    </message>
    <message>
        <source>Wires, crews and help buttons are watched all the time.</source>
        <translation>链路、警力和报警按钮持续监测中。</translation>
    </message>
    <message>
        <source>Write how it ended; it stays in the alarm's log.</source>
        <translation>请写明处置结果，将记入告警记录。</translation>
    </message>
    <message>
        <source>acknowledged</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>arrows choose a usual one, or write your own</source>
        <translation>方向键选择常用原因，或直接填写</translation>
    </message>
    <message>
        <source>came back</source>
        <translation>恢复后又发生</translation>
    </message>
    <message>
        <source>city</source>
        <translation>市局</translation>
    </message>
    <message>
        <source>cleared</source>
        <translation>自动解除</translation>
    </message>
    <message>
        <source>cleared by hand</source>
        <translation>人工解除</translation>
    </message>
    <message>
        <source>console</source>
        <translation>指挥台</translation>
    </message>
    <message>
        <source>device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>device under repair</source>
        <translation>设备检修</translation>
    </message>
    <message>
        <source>known, waits for the supplier</source>
        <translation>已知故障，等待厂家</translation>
    </message>
    <message>
        <source>last place of the crew</source>
        <translation>警力最后位置</translation>
    </message>
    <message>
        <source>made a call</source>
        <translation>转为警单</translation>
    </message>
    <message>
        <source>need not report any more</source>
        <translation>无需再上报位置</translation>
    </message>
    <message>
        <source>no longer set up</source>
        <translation>设备已移除</translation>
    </message>
    <message>
        <source>no place</source>
        <translation>无位置</translation>
    </message>
    <message>
        <source>raised</source>
        <translation>发生</translation>
    </message>
    <message>
        <source>raised again</source>
        <translation>再次发生</translation>
    </message>
    <message>
        <source>shelved</source>
        <translation>搁置</translation>
    </message>
    <message>
        <source>simulated input</source>
        <translation>模拟输入</translation>
    </message>
    <message>
        <source>somebody is on the way</source>
        <translation>已派人查看</translation>
    </message>
    <message>
        <source>taken off the shelf</source>
        <translation>取消搁置</translation>
    </message>
    <message>
        <source>test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>time on the shelf over</source>
        <translation>搁置到期</translation>
    </message>
    <message>
        <source>told again</source>
        <translation>重新提示</translation>
    </message>
    <message>
        <source>too many: counted from here, not told</source>
        <translation>过于频繁：此后只计数、不提示</translation>
    </message>
    <message>
        <source>{n} h</source>
        <translation>{n} 小时</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n} 分钟</translation>
    </message>
    <message>
        <source>{n}, last at {time}</source>
        <translation>{n} 次，最近 {time}</translation>
    </message>
    <message>
        <source>{told}; {n} times, last at {time}</source>
        <translation>{told}；共 {n} 次，最近 {time}</translation>
    </message>
    <message>
        <source>{what} (simulated)</source>
        <translation>{what}（模拟输入）</translation>
    </message>
    <message>
        <source>{what}, {time}</source>
        <translation>{what}，{time}</translation>
    </message>
</context>
<context>
    <name>Console</name>
    <message>
        <source>Alarms</source>
        <translation>告警</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Open alarms (F11)</source>
        <translation>未结束的告警（F11）</translation>
    </message>
</context>
</TS>
