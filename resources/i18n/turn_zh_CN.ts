<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Turn</name>
    <message>
        <source> It may still be turning: look at its picture.</source>
        <translation> 它可能还在转动，请看画面。</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Alt and a digit go there, or a double click.</source>
        <translation>Alt+数字转到该预置位，双击也可以。</translation>
    </message>
    <message>
        <source>Asking the network …</source>
        <translation>正在询问网络…</translation>
    </message>
    <message>
        <source>Cameras behind a router do not hear the question: type their address.</source>
        <translation>路由器后面的摄像机收不到询问，请输入它的地址。</translation>
    </message>
    <message>
        <source>Discover cameras</source>
        <translation>发现摄像机</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>Joystick</source>
        <translation>摇杆</translation>
    </message>
    <message>
        <source>Look at the marked</source>
        <translation>查询所选</translation>
    </message>
    <message>
        <source>Looking at {host} …</source>
        <translation>正在查询 {host}…</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>勾选</translation>
    </message>
    <message>
        <source>Marked</source>
        <translation>勾选</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>型号</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>No camera answered yet</source>
        <translation>还没有摄像机应答</translation>
    </message>
    <message>
        <source>One that has this name already is replaced.</source>
        <translation>同名的预置位将被替换。</translation>
    </message>
    <message>
        <source>PTZ</source>
        <translation>云台</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>预置位</translation>
    </message>
    <message>
        <source>Presets (Alt+digit)</source>
        <translation>预置位（Alt+数字）</translation>
    </message>
    <message>
        <source>Push with the mouse. Ctrl+Shift and an arrow turn too.</source>
        <translation>用鼠标推动；按住 Ctrl+Shift+方向键也可转动。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Remove a preset</source>
        <translation>删除预置位</translation>
    </message>
    <message>
        <source>Search again</source>
        <translation>重新搜索</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Set a preset</source>
        <translation>设置预置位</translation>
    </message>
    <message>
        <source>Space marks a camera. User and password are asked for once and hold for all of them.</source>
        <translation>空格勾选摄像机；用户名和密码只填一次，用于所有勾选的摄像机。</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Ten seconds are over: let go, then turn again.</source>
        <translation>已连续转动 10 秒：请松开后再转。</translation>
    </message>
    <message>
        <source>The camera forgets “{name}”; other consoles lose it too.</source>
        <translation>摄像机将忘记“{name}”，其他客户端也不能再用。</translation>
    </message>
    <message>
        <source>The camera has no preset yet.</source>
        <translation>摄像机还没有预置位。</translation>
    </message>
    <message>
        <source>The camera is asked …</source>
        <translation>正在询问摄像机…</translation>
    </message>
    <message>
        <source>The camera is still being asked …</source>
        <translation>还在等摄像机回答…</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户名</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>变倍</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>an address that does not answer by itself</source>
        <translation>不会自动应答的地址</translation>
    </message>
    <message>
        <source>known as {number}</source>
        <translation>已有，编号 {number}</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新发现</translation>
    </message>
    <message>
        <source>typed in</source>
        <translation>手工输入</translation>
    </message>
    <message>
        <source>{n} cameras, {known} of them are known here already</source>
        <translation>共 {n} 台，其中 {known} 台已登记</translation>
    </message>
    <message>
        <source> · PTZ</source>
        <translation> · 云台</translation>
    </message>
    <message>
        <source> · clock {n} s off</source>
        <translation> · 时钟差 {n} 秒</translation>
    </message>
    <message>
        <source>Ctrl and + or − zoom, Ctrl+0 goes all the way back.</source>
        <translation>Ctrl 与 + − 变倍，Ctrl+0 回到最广角。</translation>
    </message>
</context>
</TS>
