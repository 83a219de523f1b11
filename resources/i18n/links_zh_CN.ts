<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Links</name>
    <message>
        <source>Add</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>Add a link</source>
        <translation>新增链路</translation>
    </message>
    <message>
        <source>After its return it was open again within {ms} ms</source>
        <translation>设备恢复后 {ms} 毫秒内重新打开</translation>
    </message>
    <message>
        <source>Another</source>
        <translation>换了设备</translation>
    </message>
    <message>
        <source>Another program may hold the port, or the right to open it is missing.</source>
        <translation>串口可能被其他程序占用，或没有打开权限。</translation>
    </message>
    <message>
        <source>Bad frames</source>
        <translation>坏帧</translation>
    </message>
    <message>
        <source>Baud rate</source>
        <translation>波特率</translation>
    </message>
    <message>
        <source>Beats</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>Cannot open</source>
        <translation>打不开</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Change the link</source>
        <translation>修改链路</translation>
    </message>
    <message>
        <source>Check cable and power; when it is back the link goes on by itself.</source>
        <translation>请检查线缆和供电；设备恢复后链路自动续接。</translation>
    </message>
    <message>
        <source>Choose a link above: its story stands here.</source>
        <translation>请在上方选择一条链路，这里显示它的情况。</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>状况</translation>
    </message>
    <message>
        <source>Connected by</source>
        <translation>连接方式</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Datagrams (UDP)</source>
        <translation>数据报（UDP）</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Devices call in (TCP)</source>
        <translation>等设备连入（TCP）</translation>
    </message>
    <message>
        <source>End the trial</source>
        <translation>结束试用</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>帧数</translation>
    </message>
    <message>
        <source>Heartbeat</source>
        <translation>心跳</translation>
    </message>
    <message>
        <source>Host or IP</source>
        <translation>主机名或 IP</translation>
    </message>
    <message>
        <source>Identified</source>
        <translation>身份</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Kind of device</source>
        <translation>设备类别</translation>
    </message>
    <message>
        <source>Known</source>
        <translation>已识别</translation>
    </message>
    <message>
        <source>Last frame</source>
        <translation>最近一帧</translation>
    </message>
    <message>
        <source>Last trouble</source>
        <translation>最近故障</translation>
    </message>
    <message>
        <source>Last trouble at {time}: {told}</source>
        <translation>最近故障 {time}：{told}</translation>
    </message>
    <message>
        <source>Late</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>链路</translation>
    </message>
    <message>
        <source>Links</source>
        <translation>链路</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>已断开</translation>
    </message>
    <message>
        <source>Lost / back</source>
        <translation>断开/恢复</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Network address</source>
        <translation>网络地址</translation>
    </message>
    <message>
        <source>No link is set up yet</source>
        <translation>还没有设置任何链路</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Not there</source>
        <translation>未接入</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>未识别</translation>
    </message>
    <message>
        <source>Nothing is heard from any device. Plug a receiver in, then press Insert and choose it.</source>
        <translation>目前收不到任何设备的数据。请接上定位终端，再按 Insert 键选择它。</translation>
    </message>
    <message>
        <source>Nothing more will be heard from this device. Recordings stay.</source>
        <translation>将不再接收该设备的数据，已录制的文件保留。</translation>
    </message>
    <message>
        <source>On the wire</source>
        <translation>报文</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>已打开</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Own address</source>
        <translation>本机地址</translation>
    </message>
    <message>
        <source>Own port</source>
        <translation>本机端口</translation>
    </message>
    <message>
        <source>Plug the device in; the link opens by itself.</source>
        <translation>请接上设备，链路会自动打开。</translation>
    </message>
    <message>
        <source>Plugged</source>
        <translation>已接入</translation>
    </message>
    <message>
        <source>Plugged in</source>
        <translation>接入</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Radios and terminals on this link, and their units</source>
        <translation>本链路上的台号及所属警组</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>录制</translation>
    </message>
    <message>
        <source>Recorded to {file}</source>
        <translation>正在录制到 {file}</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>录制</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Remove the link “{name}”?</source>
        <translation>删除链路“{name}”？</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Serial port</source>
        <translation>串口</translation>
    </message>
    <message>
        <source>Serves</source>
        <translation>服务单元</translation>
    </message>
    <message>
        <source>Serves the unit</source>
        <translation>服务的巡逻单元</translation>
    </message>
    <message>
        <source>Settings of the device</source>
        <translation>设备参数</translation>
    </message>
    <message>
        <source>Silent</source>
        <translation>无数据</translation>
    </message>
    <message>
        <source>Simulate</source>
        <translation>模拟设备</translation>
    </message>
    <message>
        <source>Stop recording</source>
        <translation>停止录制</translation>
    </message>
    <message>
        <source>Test order</source>
        <translation>试发指令</translation>
    </message>
    <message>
        <source>The device is known by its identity, not by its port: it may be plugged in anywhere.</source>
        <translation>按设备标识识别，与插在哪个口无关。</translation>
    </message>
    <message>
        <source>The device says it is {name}</source>
        <translation>设备自报身份：{name}</translation>
    </message>
    <message>
        <source>The port is open, but nothing can be understood: check power, antenna and baud rate.</source>
        <translation>串口已打开，但收不到可用数据：请检查供电、天线和波特率。</translation>
    </message>
    <message>
        <source>Traffic</source>
        <translation>数据正常</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>待数据</translation>
    </message>
    <message>
        <source>devices call in at {place} (TCP)</source>
        <translation>等待连入 {place}（TCP）</translation>
    </message>
    <message>
        <source>devices call in at {place} (UDP)</source>
        <translation>等待连入 {place}（UDP）</translation>
    </message>
    <message>
        <source>empty: any</source>
        <translation>留空为任意</translation>
    </message>
    <message>
        <source>empty: every address of this machine</source>
        <translation>留空为本机所有地址</translation>
    </message>
    <message>
        <source>empty: whoever sends to our port</source>
        <translation>留空：凡发到本机端口的都收</translation>
    </message>
    <message>
        <source>last: a value that cannot be</source>
        <translation>最近一次：数值不可能成立</translation>
    </message>
    <message>
        <source>last: cut short or too long</source>
        <translation>最近一次：帧被截断或过长</translation>
    </message>
    <message>
        <source>last: not the grammar of this family</source>
        <translation>最近一次：不符合该类设备的格式</translation>
    </message>
    <message>
        <source>last: wrong checksum (noise on the line, or wrong baud rate)</source>
        <translation>最近一次：校验和错误（线路干扰，或波特率不对）</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从未</translation>
    </message>
    <message>
        <source>no unit</source>
        <translation>不服务任何单元</translation>
    </message>
    <message>
        <source>none so far</source>
        <translation>目前没有</translation>
    </message>
    <message>
        <source>recording {file}, {speed}× speed</source>
        <translation>录制文件 {file}，{speed} 倍速</translation>
    </message>
    <message>
        <source>{count} bad frames, {why}</source>
        <translation>坏帧 {count} 个，{why}</translation>
    </message>
    <message>
        <source>{count} devices are there</source>
        <translation>现有 {count} 台设备在线</translation>
    </message>
    <message>
        <source>{count} links stand in {path}</source>
        <translation>已把 {count} 条链路写入 {path}</translation>
    </message>
    <message>
        <source>{count} links were taken in</source>
        <translation>已导入 {count} 条链路</translation>
    </message>
    <message>
        <source>{count} orders, {failed} of them failed</source>
        <translation>发出指令 {count} 条，失败 {failed} 条</translation>
    </message>
    <message>
        <source>{count} readings were dropped: nobody took them in time</source>
        <translation>来不及处理，丢弃 {count} 条读数</translation>
    </message>
    <message>
        <source>{frames} frames, {came} bytes came, {went} went out</source>
        <translation>{frames} 帧，收 {came} 字节，发 {went} 字节</translation>
    </message>
    <message>
        <source>{percent} % of what comes is unreadable: the baud rate (now {baud}) or the kind of device is probably wrong.</source>
        <translation>收到的数据 {percent}% 无法解读：波特率（现为 {baud}）或设备类别多半不对。</translation>
    </message>
    <message>
        <source>{percent} % of what comes is unreadable: the peer is probably no device of this kind.</source>
        <translation>收到的数据 {percent}% 无法解读：对方多半不是这一类设备。</translation>
    </message>
    <message>
        <source>{state} since {time}</source>
        <translation>{state}，自 {time} 起</translation>
    </message>
    <message>
        <source>{up} of {all} work</source>
        <translation>共 {all} 条，{up} 条正常</translation>
    </message>
</context>
</TS>
