<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Alarms</name>
    <message>
        <source>A lead, not a fact: look at the place or the camera first. That you looked is on record.</source>
        <translation>预警只是线索，不是事实：请先看现场或摄像机。您的查看已记录在案。</translation>
    </message>
    <message>
        <source>A person verifies it before anyone is sent; the look is logged.</source>
        <translation>须由民警核实后方可派警；每次查看都会记录。</translation>
    </message>
    <message>
        <source>A technician adds help buttons, doors and the panic button.</source>
        <translation>由技术员登记报警柱、门磁和胁迫报警按钮。</translation>
    </message>
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
        <source>Add</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>Add a device</source>
        <translation>新增报警设备</translation>
    </message>
    <message>
        <source>Address of the board</source>
        <translation>采集板地址</translation>
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
        <source>Begin the test</source>
        <translation>开始测试</translation>
    </message>
    <message>
        <source>By</source>
        <translation>操作人</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Change the device</source>
        <translation>修改报警设备</translation>
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
        <source>Confidence</source>
        <translation>置信度</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>触点</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Devices that raise alarms</source>
        <translation>报警设备</translation>
    </message>
    <message>
        <source>End the test</source>
        <translation>结束测试</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>核实结果</translation>
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
        <source>Help buttons are wired normally closed: a cut wire alarms then. Duress rings nowhere at the post; only the city hears it.</source>
        <translation>报警按钮按常闭接线：线路被剪断也会报警。胁迫报警在本站不响不显示，只报市局。</translation>
    </message>
    <message>
        <source>Holds until</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>In earnest</source>
        <translation>正常值守</translation>
    </message>
    <message>
        <source>In earnest again: {name}</source>
        <translation>已恢复值守：{name}</translation>
    </message>
    <message>
        <source>In test mode: {name}</source>
        <translation>已进入测试：{name}</translation>
    </message>
    <message>
        <source>In words</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入点</translation>
    </message>
    <message>
        <source>Input, from 1</source>
        <translation>输入点号（从 1 起）</translation>
    </message>
    <message>
        <source>Is it so? {source}, {place}</source>
        <translation>是否属实？{source}，{place}</translation>
    </message>
    <message>
        <source>It ends by itself when its time is over.</source>
        <translation>有效期满后自动结束。</translation>
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
        <source>Its alarms stay on record; its input raises nothing any more.</source>
        <translation>已有告警保留在案；该输入点不再报警。</translation>
    </message>
    <message>
        <source>Its device is in test mode: it rings nowhere, nobody is told.</source>
        <translation>设备正在测试：不响铃，不上报。</translation>
    </message>
    <message>
        <source>Lasts</source>
        <translation>持续中</translation>
    </message>
    <message>
        <source>Latitude (WGS-84)</source>
        <translation>纬度（WGS-84）</translation>
    </message>
    <message>
        <source>Longitude (WGS-84)</source>
        <translation>经度（WGS-84）</translation>
    </message>
    <message>
        <source>Look through camera</source>
        <translation>查看摄像机</translation>
    </message>
    <message>
        <source>Make a call</source>
        <translation>转警单</translation>
    </message>
    <message>
        <source>NC</source>
        <translation>常闭</translation>
    </message>
    <message>
        <source>NO</source>
        <translation>常开</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Nearest camera</source>
        <translation>最近摄像机</translation>
    </message>
    <message>
        <source>Nearest camera: {camera}</source>
        <translation>最近摄像机：{camera}</translation>
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
        <source>No device is set up yet</source>
        <translation>尚未登记报警设备</translation>
    </message>
    <message>
        <source>No help button is set up yet.</source>
        <translation>尚未登记报警按钮。</translation>
    </message>
    <message>
        <source>Nobody answers</source>
        <translation>无人确认</translation>
    </message>
    <message>
        <source>Nobody answers it: tell the chief, and acknowledge it.</source>
        <translation>已超时无人确认：请报告站长，并确认此告警。</translation>
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
        <source>On no wire</source>
        <translation>未接线</translation>
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
        <source>Picture at the city</source>
        <translation>市局图片</translation>
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
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Remove “{name}”?</source>
        <translation>删除“{name}”？</translation>
    </message>
    <message>
        <source>Removed: {name}</source>
        <translation>已删除：{name}</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Saved: {name}</source>
        <translation>已保存：{name}</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>发现时间</translation>
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
        <source>Source, confidence</source>
        <translation>来源、置信度</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Test mode</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Test until {time}</source>
        <translation>测试至 {time}</translation>
    </message>
    <message>
        <source>Test “{name}”?</source>
        <translation>测试“{name}”？</translation>
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
        <source>Verified</source>
        <translation>核实</translation>
    </message>
    <message>
        <source>Verified, and told to the city: {found}</source>
        <translation>已核实并上报市局：{found}</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>核实</translation>
    </message>
    <message>
        <source>What</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>What it raises</source>
        <translation>报警类型</translation>
    </message>
    <message>
        <source>What it tells is shown as a test, rings nowhere, and the city is not told. The test ends by itself.</source>
        <translation>测试期间的报警只显示为测试，不响铃、不上报；到时自动结束。</translation>
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
        <source>Wire</source>
        <translation>链路</translation>
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
        <source>board {unit} · input {number} · {way}</source>
        <translation>板 {unit} · 输入 {number} · {way}</translation>
    </message>
    <message>
        <source>by nobody in time</source>
        <translation>逾期无人核实</translation>
    </message>
    <message>
        <source>by the city</source>
        <translation>市局下发</translation>
    </message>
    <message>
        <source>call the chief</source>
        <translation>请报告站长</translation>
    </message>
    <message>
        <source>came back</source>
        <translation>恢复后又发生</translation>
    </message>
    <message>
        <source>cannot tell</source>
        <translation>无法核实</translation>
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
        <source>in silence</source>
        <translation>静默上报</translation>
    </message>
    <message>
        <source>in test mode</source>
        <translation>测试中</translation>
    </message>
    <message>
        <source>it did not answer</source>
        <translation>设备无应答</translation>
    </message>
    <message>
        <source>it is not so</source>
        <translation>核实不符</translation>
    </message>
    <message>
        <source>it refused</source>
        <translation>设备拒绝</translation>
    </message>
    <message>
        <source>it was busy</source>
        <translation>设备忙</translation>
    </message>
    <message>
        <source>its time is over</source>
        <translation>已过有效期</translation>
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
        <source>looked at what the city says</source>
        <translation>查看预警内容</translation>
    </message>
    <message>
        <source>looked into: cannot tell</source>
        <translation>核实：无法核实</translation>
    </message>
    <message>
        <source>made a call</source>
        <translation>转为警单</translation>
    </message>
    <message>
        <source>off by plan</source>
        <translation>计划停用</translation>
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
        <source>nobody answered</source>
        <translation>超时无人确认</translation>
    </message>
    <message>
        <source>normally closed (opens when pressed)</source>
        <translation>常闭（按下断开）</translation>
    </message>
    <message>
        <source>normally open (closes when pressed)</source>
        <translation>常开（按下闭合）</translation>
    </message>
    <message>
        <source>not yet; nobody is sent before</source>
        <translation>未核实，不得派警</translation>
    </message>
    <message>
        <source>on no wire</source>
        <translation>不接线</translation>
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
        <source>the chief is to be called</source>
        <translation>须报告站长</translation>
    </message>
    <message>
        <source>the city was told that nobody answers</source>
        <translation>已上报市局：无人确认</translation>
    </message>
    <message>
        <source>the device could not be told</source>
        <translation>未能回复设备</translation>
    </message>
    <message>
        <source>the device was told that it was seen</source>
        <translation>已回复设备：已知悉</translation>
    </message>
    <message>
        <source>the wire is away</source>
        <translation>链路中断</translation>
    </message>
    <message>
        <source>time on the shelf over</source>
        <translation>搁置到期</translation>
    </message>
    <message>
        <source>told after the event</source>
        <translation>事后补报</translation>
    </message>
    <message>
        <source>told again</source>
        <translation>重新提示</translation>
    </message>
    <message>
        <source>told anew by the city</source>
        <translation>市局更新</translation>
    </message>
    <message>
        <source>too many orders waited</source>
        <translation>待发指令过多</translation>
    </message>
    <message>
        <source>too many: counted from here, not told</source>
        <translation>过于频繁：此后只计数、不提示</translation>
    </message>
    <message>
        <source>verified: it is not so</source>
        <translation>核实：不符</translation>
    </message>
    <message>
        <source>verified: it is so</source>
        <translation>核实：属实</translation>
    </message>
    <message>
        <source>what was seen, and how</source>
        <translation>看到什么、如何核实</translation>
    </message>
    <message>
        <source>{name}, {range} m away</source>
        <translation>{name}，相距 {range} 米</translation>
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
        <source>{what} (test)</source>
        <translation>{what}（测试）</translation>
    </message>
    <message>
        <source>{what} (told late)</source>
        <translation>{what}（补报）</translation>
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
    <message>
        <source>Nobody answers {n} alarms: tell the chief. F11 shows them.</source>
        <translation>{n} 条告警超时无人确认：请报告站长。按 F11 查看。</translation>
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
