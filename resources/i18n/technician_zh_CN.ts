<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Frames</name>
    <message>
        <source>(no fix)</source>
        <translation>（未定位）</translation>
    </message>
    <message>
        <source>ALARM {alarms}</source>
        <translation>报警 {alarms}</translation>
    </message>
    <message>
        <source>Bad frame: {why} ({count} bytes)</source>
        <translation>坏帧：{why}（{count} 字节）</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>Bytes of an identity card are not shown.</source>
        <translation>身份证数据的字节不予显示。</translation>
    </message>
    <message>
        <source>Call {phase}, group {group}, talker {source}</source>
        <translation>呼叫 {phase}，组 {group}，讲话方 {source}</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>Each piece of bytes stands here as soon as it is on the wire.</source>
        <translation>线路上一有收发，就会逐条显示在这里。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Heartbeat</source>
        <translation>心跳</translation>
    </message>
    <message>
        <source>Hexadecimal</source>
        <translation>十六进制</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Identity card read (contents not shown here)</source>
        <translation>读到身份证（此处不显示内容）</translation>
    </message>
    <message>
        <source>Inputs of device {unit}: {values}</source>
        <translation>设备 {unit} 输入状态：{values}</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>含义</translation>
    </message>
    <message>
        <source>No link is chosen</source>
        <translation>未选择链路</translation>
    </message>
    <message>
        <source>Nothing has come yet</source>
        <translation>还没有数据</translation>
    </message>
    <message>
        <source>Only bad</source>
        <translation>只看坏帧</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Position {place}</source>
        <translation>定位 {place}</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>回执</translation>
    </message>
    <message>
        <source>Registration</source>
        <translation>注册</translation>
    </message>
    <message>
        <source>Status {code} of {source}</source>
        <translation>状态值 {code}，来自 {source}</translation>
    </message>
    <message>
        <source>Tag {epc}</source>
        <translation>标签 {epc}</translation>
    </message>
    <message>
        <source>Text {source} → {to}: {text}</source>
        <translation>短信 {source} → {to}：{text}</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>a value that cannot be</source>
        <translation>数值不合理</translation>
    </message>
    <message>
        <source>coming in</source>
        <translation>呼入</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>已接通</translation>
    </message>
    <message>
        <source>illegal escape</source>
        <translation>转义错误</translation>
    </message>
    <message>
        <source>no place</source>
        <translation>无坐标</translation>
    </message>
    <message>
        <source>not the grammar of this family</source>
        <translation>格式不符</translation>
    </message>
    <message>
        <source>part of a frame, or noise</source>
        <translation>半帧或杂波</translation>
    </message>
    <message>
        <source>released</source>
        <translation>已拆线</translation>
    </message>
    <message>
        <source>sent by the console</source>
        <translation>指挥台发出</translation>
    </message>
    <message>
        <source>talk ended</source>
        <translation>讲话结束</translation>
    </message>
    <message>
        <source>talking</source>
        <translation>讲话中</translation>
    </message>
    <message>
        <source>the first {shown} of {count} bytes:</source>
        <translation>共 {count} 字节，前 {shown} 字节：</translation>
    </message>
    <message>
        <source>wrong checksum</source>
        <translation>校验错误</translation>
    </message>
    <message>
        <source>wrong length</source>
        <translation>长度错误</translation>
    </message>
    <message>
        <source>{count} pieces, the newest on top</source>
        <translation>共 {count} 条，最新在上</translation>
    </message>
    <message>
        <source>{first}  (and {more} more)</source>
        <translation>{first}（另有 {more} 帧）</translation>
    </message>
    <message>
        <source>{kind}: {what}</source>
        <translation>{kind}：{what}</translation>
    </message>
    <message>
        <source>{missed} came too fast to be shown</source>
        <translation>来得太快，{missed} 条未显示</translation>
    </message>
    <message>
        <source>… and {more} more</source>
        <translation>…另有 {more} 帧</translation>
    </message>
    <message>
        <source>← came</source>
        <translation>← 收</translation>
    </message>
    <message>
        <source>→ sent</source>
        <translation>→ 发</translation>
    </message>
</context>
<context>
    <name>Health</name>
    <message>
        <source>Frames (per minute)</source>
        <translation>帧数（每分钟）</translation>
    </message>
    <message>
        <source>How a link of the post does is noted every minute, for a week.</source>
        <translation>本站链路的状况每分钟记一次，保留一周。</translation>
    </message>
    <message>
        <source>Last 24 hours</source>
        <translation>近 24 小时</translation>
    </message>
    <message>
        <source>Last hour</source>
        <translation>近 1 小时</translation>
    </message>
    <message>
        <source>Nothing was recorded in this time.</source>
        <translation>这段时间没有记录。</translation>
    </message>
    <message>
        <source>Time of day</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>bad frames</source>
        <translation>坏帧</translation>
    </message>
    <message>
        <source>down</source>
        <translation>不通</translation>
    </message>
    <message>
        <source>good frames</source>
        <translation>好帧</translation>
    </message>
    <message>
        <source>link up</source>
        <translation>在线</translation>
    </message>
    <message>
        <source>lost {count} times in all</source>
        <translation>共断开 {count} 次</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>无数据</translation>
    </message>
    <message>
        <source>× lost</source>
        <translation>× 断开</translation>
    </message>
</context>
<context>
    <name>LinksFile</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Configurations ({names})</source>
        <translation>链路配置（{names}）</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Export the configuration of the links</source>
        <translation>导出链路配置</translation>
    </message>
    <message>
        <source>Import the configuration of the links</source>
        <translation>导入链路配置</translation>
    </message>
    <message>
        <source>Kind of device</source>
        <translation>设备类别</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>链路</translation>
    </message>
    <message>
        <source>Links are told apart by name; those the file does not name stay.</source>
        <translation>按名称对应链路；文件中没有的链路保持不变。</translation>
    </message>
    <message>
        <source>Mend the file first</source>
        <translation>请先改正文件</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Nothing to take</source>
        <translation>没有可导入的</translation>
    </message>
    <message>
        <source>Nothing was read yet</source>
        <translation>还没有读取文件</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>Read the file</source>
        <translation>读取文件</translation>
    </message>
    <message>
        <source>Take {count} links</source>
        <translation>导入 {count} 条链路</translation>
    </message>
    <message>
        <source>The file holds addresses and secrets of the devices: keep it where keys are kept.</source>
        <translation>文件含有设备的地址和口令，请按密钥的要求保管。</translation>
    </message>
    <message>
        <source>This post has no unit {names}: those links are taken without it.</source>
        <translation>本站没有警组 {names}，相关链路导入后不带警组。</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>处理</translation>
    </message>
    <message>
        <source>What would become of each link stands here before it is taken.</source>
        <translation>导入前，每条链路将如何处理会列在这里。</translation>
    </message>
    <message>
        <source>Which file? Type its path, or browse for it.</source>
        <translation>请填写文件路径，或点“浏览”选择。</translation>
    </message>
    <message>
        <source>as it is</source>
        <translation>不变</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>fault</source>
        <translation>有错</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>no such unit here: {names}</source>
        <translation>本站没有警组：{names}</translation>
    </message>
    <message>
        <source>{count} links have faults: nothing is taken until the file is mended.</source>
        <translation>{count} 条链路有错，改正文件之前不会导入。</translation>
    </message>
</context>
<context>
    <name>Orders</name>
    <message>
        <source>A device of this kind only speaks: it takes no orders.</source>
        <translation>这类设备只上报数据，不接收指令。</translation>
    </message>
    <message>
        <source>A whole number from 0 to 99999</source>
        <translation>请填 0 至 99999 的整数</translation>
    </message>
    <message>
        <source>Answer within (s)</source>
        <translation>应答时限（秒）</translation>
    </message>
    <message>
        <source>Ask for the position</source>
        <translation>查询位置</translation>
    </message>
    <message>
        <source>Ask the device whether it is there</source>
        <translation>查询设备是否在线</translation>
    </message>
    <message>
        <source>Choose a group or channel</source>
        <translation>切换通话组或信道</translation>
    </message>
    <message>
        <source>Choose an order on the left; its outcome stands here.</source>
        <translation>在左边选择指令发出，结果列在这里。</translation>
    </message>
    <message>
        <source>Confirm an emergency</source>
        <translation>确认紧急报警</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Group or channel</source>
        <translation>通话组或信道</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>链路</translation>
    </message>
    <message>
        <source>Look for tags</source>
        <translation>开始寻卡</translation>
    </message>
    <message>
        <source>Look for tags no longer</source>
        <translation>停止寻卡</translation>
    </message>
    <message>
        <source>Needed: fill this in</source>
        <translation>必填</translation>
    </message>
    <message>
        <source>No test order was given yet</source>
        <translation>还没有试发过指令</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>指令</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Output, counted from 0</source>
        <translation>输出路号（从 0 起）</translation>
    </message>
    <message>
        <source>Radio check</source>
        <translation>电台点名</translation>
    </message>
    <message>
        <source>Read the card once</source>
        <translation>读一次卡</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发出</translation>
    </message>
    <message>
        <source>Send a status</source>
        <translation>发送状态值</translation>
    </message>
    <message>
        <source>Send a text</source>
        <translation>发送短信</translation>
    </message>
    <message>
        <source>Status value</source>
        <translation>状态值</translation>
    </message>
    <message>
        <source>Switch an output off</source>
        <translation>断开输出</translation>
    </message>
    <message>
        <source>Switch an output on</source>
        <translation>接通输出</translation>
    </message>
    <message>
        <source>Test orders really reach the device, and stand in the trail.</source>
        <translation>试发的指令会真正送达设备，并记入审计。</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>To (radio, terminal or group)</source>
        <translation>发往（台号、终端号或组号）</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>error rate</source>
        <translation>误码等级</translation>
    </message>
    <message>
        <source>identity</source>
        <translation>身份</translation>
    </message>
    <message>
        <source>inputs</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>on its way …</source>
        <translation>在途…</translation>
    </message>
    <message>
        <source>output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>parts</source>
        <translation>分段</translation>
    </message>
    <message>
        <source>reference</source>
        <translation>流水号</translation>
    </message>
    <message>
        <source>registered</source>
        <translation>注册</translation>
    </message>
    <message>
        <source>signal</source>
        <translation>信号</translation>
    </message>
    <message>
        <source>signal (dBm)</source>
        <translation>信号（dBm）</translation>
    </message>
</context>
<context>
    <name>Recordings</name>
    <message>
        <source>Begun</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>Choose a link above and press Ctrl+R to record it.</source>
        <translation>在上方选择链路后按 Ctrl+R 开始录制。</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Kind of device</source>
        <translation>设备类别</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>链路</translation>
    </message>
    <message>
        <source>Nothing was recorded yet</source>
        <translation>还没有录制过</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>回放</translation>
    </message>
    <message>
        <source>Play another recording</source>
        <translation>回放其他录制文件</translation>
    </message>
    <message>
        <source>Recordings ({names})</source>
        <translation>录制文件（{names}）</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>or another file: its path</source>
        <translation>或填写其他录制文件的路径</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Answer within (ms)</source>
        <translation>应答时限（毫秒）</translation>
    </message>
    <message>
        <source>Answer within (s)</source>
        <translation>应答时限（秒）</translation>
    </message>
    <message>
        <source>Asked every (ms)</source>
        <translation>轮询间隔（毫秒）</translation>
    </message>
    <message>
        <source>Asked every (s)</source>
        <translation>轮询间隔（秒）</translation>
    </message>
    <message>
        <source>Carrier (hstrp or hrnp)</source>
        <translation>承载（hstrp 或 hrnp）</translation>
    </message>
    <message>
        <source>Codes end with a line end (1 or 0)</source>
        <translation>条码以换行结尾（1 或 0）</translation>
    </message>
    <message>
        <source>Device address</source>
        <translation>设备地址</translation>
    </message>
    <message>
        <source>Equal answers that make a change</source>
        <translation>防抖次数</translation>
    </message>
    <message>
        <source>First input</source>
        <translation>首路输入</translation>
    </message>
    <message>
        <source>First output</source>
        <translation>首路输出</translation>
    </message>
    <message>
        <source>Heartbeat every (s)</source>
        <translation>心跳间隔（秒）</translation>
    </message>
    <message>
        <source>Inputs (number)</source>
        <translation>输入路数</translation>
    </message>
    <message>
        <source>Interface mode</source>
        <translation>接口模式</translation>
    </message>
    <message>
        <source>New registrations are taken</source>
        <translation>接受新终端注册</translation>
    </message>
    <message>
        <source>One a line, for instance:</source>
        <translation>每行一个，例如：</translation>
    </message>
    <message>
        <source>Outputs (number)</source>
        <translation>输出路数</translation>
    </message>
    <message>
        <source>Own address (HRNP)</source>
        <translation>本机地址（HRNP）</translation>
    </message>
    <message>
        <source>Own call sign</source>
        <translation>本站呼号</translation>
    </message>
    <message>
        <source>Own radio id</source>
        <translation>本站台号</translation>
    </message>
    <message>
        <source>Port of the modem</source>
        <translation>调制解调器端口号</translation>
    </message>
    <message>
        <source>Radio's address (HRNP)</source>
        <translation>电台地址（HRNP）</translation>
    </message>
    <message>
        <source>Reader's address</source>
        <translation>读写器地址</translation>
    </message>
    <message>
        <source>Registration holds (s)</source>
        <translation>注册有效期（秒）</translation>
    </message>
    <message>
        <source>Relays</source>
        <translation>中继路径</translation>
    </message>
    <message>
        <source>Repeater number</source>
        <translation>中继台号</translation>
    </message>
    <message>
        <source>Report reasons that mean SOS</source>
        <translation>表示求救的上报原因</translation>
    </message>
    <message>
        <source>Secret of the registration</source>
        <translation>注册口令</translation>
    </message>
    <message>
        <source>Sent again after (s)</source>
        <translation>重发间隔（秒）</translation>
    </message>
    <message>
        <source>Slot</source>
        <translation>时隙</translation>
    </message>
    <message>
        <source>Talk groups</source>
        <translation>通话组</translation>
    </message>
    <message>
        <source>Talk key pressed (hexadecimal)</source>
        <translation>按下 PTT 指令（十六进制）</translation>
    </message>
    <message>
        <source>Talk key released (hexadecimal)</source>
        <translation>松开 PTT 指令（十六进制）</translation>
    </message>
    <message>
        <source>Terminals that may come in</source>
        <translation>允许接入的终端号</translation>
    </message>
    <message>
        <source>Text of a radio check</source>
        <translation>点名短信内容</translation>
    </message>
    <message>
        <source>The radio tells of its calls</source>
        <translation>电台通报呼叫状态</translation>
    </message>
    <message>
        <source>call sign</source>
        <translation>警组呼号</translation>
    </message>
    <message>
        <source>several: with commas between them</source>
        <translation>多个请用逗号隔开</translation>
    </message>
</context>
<context>
    <name>Trials</name>
    <message>
        <source>Answer again</source>
        <translation>恢复应答</translation>
    </message>
    <message>
        <source>Answer no more</source>
        <translation>不再应答</translation>
    </message>
    <message>
        <source>Begin to talk</source>
        <translation>开始讲话</translation>
    </message>
    <message>
        <source>Bring a tag near</source>
        <translation>靠近标签</translation>
    </message>
    <message>
        <source>Find the fix</source>
        <translation>恢复定位</translation>
    </message>
    <message>
        <source>It works in this program and is heard on this page alone: no crew moves and no alarm rings. It ends with the console.</source>
        <translation>模拟设备在本程序内运行，只在本页可见：不会移动警力，也不会响起报警；关闭指挥台即结束。</translation>
    </message>
    <message>
        <source>Lay a card on it</source>
        <translation>放上证件</translation>
    </message>
    <message>
        <source>Lose the fix</source>
        <translation>丢失定位</translation>
    </message>
    <message>
        <source>Plug in</source>
        <translation>插入</translation>
    </message>
    <message>
        <source>Press SOS</source>
        <translation>按 SOS</translation>
    </message>
    <message>
        <source>Press the button</source>
        <translation>按下按钮</translation>
    </message>
    <message>
        <source>Register a radio</source>
        <translation>电台注册</translation>
    </message>
    <message>
        <source>Release the button</source>
        <translation>松开按钮</translation>
    </message>
    <message>
        <source>Replay {name}</source>
        <translation>回放 {name}</translation>
    </message>
    <message>
        <source>Scan a code</source>
        <translation>扫一个码</translation>
    </message>
    <message>
        <source>Send a status</source>
        <translation>发状态值</translation>
    </message>
    <message>
        <source>Send a text</source>
        <translation>发短信</translation>
    </message>
    <message>
        <source>Send noise</source>
        <translation>发杂波</translation>
    </message>
    <message>
        <source>Simulate</source>
        <translation>开始模拟</translation>
    </message>
    <message>
        <source>Simulate a device</source>
        <translation>模拟设备</translation>
    </message>
    <message>
        <source>Simulated {number}</source>
        <translation>模拟设备 {number}</translation>
    </message>
    <message>
        <source>Stop talking</source>
        <translation>停止讲话</translation>
    </message>
    <message>
        <source>Take the card away</source>
        <translation>取走证件</translation>
    </message>
    <message>
        <source>Take the tags away</source>
        <translation>移开标签</translation>
    </message>
    <message>
        <source>Tell its place</source>
        <translation>上报位置</translation>
    </message>
    <message>
        <source>Unplug</source>
        <translation>拔出</translation>
    </message>
    <message>
        <source>{name}: on trial, heard on this page alone</source>
        <translation>{name}（试用，仅本页可见）</translation>
    </message>
</context>
</TS>
